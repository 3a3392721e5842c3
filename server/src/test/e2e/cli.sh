#!/usr/bin/env bash
# Runs what users do with the AWS CLI against the endpoint in the first argument. Prints "ok" at the end; stops at anything
# unexpected.
set -euo pipefail
endpoint=$1
account=arn:aws:dynamodb:us-east-1:000000000000:table

export AWS_DEFAULT_OUTPUT=json AWS_PAGER=

db() { aws dynamodb "$@" --endpoint-url "$endpoint" --region us-east-1; }

# expect TEXT COMMAND...: the command succeeds and prints this, white space aside.
expect() {
  local expected=$1 printed
  shift
  printed=$(db "$@") || { echo "failed: $*" >&2; exit 1; }
  if [ "$(tr -d '[:space:]' <<<"$printed")" != "$(tr -d '[:space:]' <<<"$expected")" ]; then
    printf 'of: %s\nexpected: %s\nprinted: %s\n' "$*" "$expected" "$printed" >&2
    exit 1
  fi
}

# refused TEXT COMMAND...: the command fails and says this.
refused() {
  local expected=$1 printed
  shift
  if printed=$(db "$@" 2>&1); then
    echo "not refused: $*" >&2
    exit 1
  fi
  if [[ $printed != *"$expected"* ]]; then
    printf 'of: %s\nexpected: %s\nprinted: %s\n' "$*" "$expected" "$printed" >&2
    exit 1
  fi
}

# Tables: shorthand and JSON, waiters, queries of the answer.
expect CREATING create-table --table-name Music --billing-mode PAY_PER_REQUEST \
  --attribute-definitions AttributeName=Artist,AttributeType=S AttributeName=Song,AttributeType=S AttributeName=Year,AttributeType=N \
  --key-schema AttributeName=Artist,KeyType=HASH AttributeName=Song,KeyType=RANGE \
  --local-secondary-indexes '[{"IndexName":"ByYear","KeySchema":[{"AttributeName":"Artist","KeyType":"HASH"},
    {"AttributeName":"Year","KeyType":"RANGE"}],"Projection":{"ProjectionType":"ALL"}}]' \
  --tags Key=team,Value=a --output text --query TableDescription.TableStatus
db wait table-exists --table-name Music
expect "$account/Music ByYear" describe-table --table-name Music --output text \
  --query 'Table.[TableArn,LocalSecondaryIndexes[0].IndexName]'
expect Music list-tables --max-items 1 --page-size 1 --query 'TableNames[0]' --output text
expect '{"Tags":[{"Key":"team","Value":"a"}]}' list-tags-of-resource --resource-arn "$account/Music"
expect '' tag-resource --resource-arn "$account/Music" --tags Key=cost,Value=b
expect '' untag-resource --resource-arn "$account/Music" --tag-keys team
expect True update-table --table-name Music --deletion-protection-enabled --output text \
  --query TableDescription.DeletionProtectionEnabled
refused ValidationException delete-table --table-name Music
expect False update-table --table-name Music --no-deletion-protection-enabled --output text \
  --query TableDescription.DeletionProtectionEnabled
expect '{"TimeToLiveSpecification":{"Enabled":true,"AttributeName":"e"}}' \
  update-time-to-live --table-name Music --time-to-live-specification Enabled=true,AttributeName=e
expect '{"BackupSummaries":[]}' list-backups
expect DISABLED describe-continuous-backups --table-name Music --output text \
  --query ContinuousBackupsDescription.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus
refused 'An error occurred (UnknownOperationException) when calling the CreateBackup operation: Tailrace does not support' \
  create-backup --table-name Music --backup-name abc

# Items.
expect '' put-item --table-name Music --item '{"Artist":{"S":"a"},"Song":{"S":"s"},"Plays":{"N":"1"}}'
expect '{"Item":{"Plays":{"N":"1"}}}' get-item --table-name "$account/Music" --consistent-read \
  --key '{"Artist":{"S":"a"},"Song":{"S":"s"}}' --projection-expression Plays
expect '{"Attributes":{"Plays":{"N":"2"}}}' update-item --table-name Music --key '{"Artist":{"S":"a"},"Song":{"S":"s"}}' \
  --update-expression 'SET #p = #p + :one' --expression-attribute-names '{"#p":"Plays"}' \
  --expression-attribute-values '{":one":{"N":"1"}}' --return-values UPDATED_NEW
refused 'An error occurred (ConditionalCheckFailedException) when calling the PutItem operation: The conditional request failed' \
  put-item --table-name Music --item '{"Artist":{"S":"a"},"Song":{"S":"s"}}' \
  --condition-expression 'attribute_not_exists(Artist)'
items=$(for i in 1 2 3 4 5 6; do
  printf '%s{"PutRequest":{"Item":{"Artist":{"S":"b"},"Song":{"S":"%s"},"Year":{"N":"%s"}}}}' "${comma:-}" "s$i" $((2000 - i))
  comma=,
done)
expect '{"UnprocessedItems":{}}' batch-write-item --request-items "{\"Music\":[$items]}"
expect '["s3"]' batch-get-item --query 'Responses.Music[].Song.S' \
  --request-items '{"Music":{"Keys":[{"Artist":{"S":"b"},"Song":{"S":"s3"}},{"Artist":{"S":"b"},"Song":{"S":"none"}}]}}'

# Pages: all of them, some of them, and where the CLI left off.
by_artist=(--table-name Music --key-condition-expression 'Artist = :a' --expression-attribute-values '{":a":{"S":"b"}}')
expect '["s6","s5","s4","s3","s2","s1"]' query "${by_artist[@]}" --index-name ByYear --page-size 2 --query 'Items[].Song.S'
token=$(db query "${by_artist[@]}" --max-items 4 --query NextToken | tr -d '"')
expect '["s5","s6"]' query "${by_artist[@]}" --starting-token "$token" --query 'Items[].Song.S'
expect 7 scan --table-name Music --select COUNT --page-size 2 --query Count
expect 2 scan --table-name Music --no-paginate --limit 2 --query Count --output text

# Transactions and statements.
expect '' transact-write-items --client-request-token once --transact-items '[{"Delete":{"TableName":"Music",
  "Key":{"Artist":{"S":"b"},"Song":{"S":"s1"}}}},{"ConditionCheck":{"TableName":"Music","Key":{"Artist":{"S":"z"},
  "Song":{"S":"z"}},"ConditionExpression":"attribute_not_exists(Artist)"}}]'
expect '{"Responses":[{}]}' transact-get-items \
  --transact-items '[{"Get":{"TableName":"Music","Key":{"Artist":{"S":"b"},"Song":{"S":"s1"}}}}]'
expect '["s5","s6"]' execute-statement --statement "SELECT Song FROM Music WHERE Artist = ? AND Song > 's4'" \
  --parameters '[{"S":"b"}]' --query 'Items[].Song.S'
expect '{"Attributes":{"Artist":{"S":"a"},"Song":{"S":"s"},"Plays":{"N":"2"}}}' \
  delete-item --table-name Music --key '{"Artist":{"S":"a"},"Song":{"S":"s"}}' --return-values ALL_OLD

db delete-table --table-name Music >/dev/null
db wait table-not-exists --table-name Music
refused 'An error occurred (ResourceNotFoundException) when calling the DescribeTable operation: Requested resource not found' \
  describe-table --table-name Music
echo ok
