package io.tailrace.engine.operation;

import io.tailrace.engine.journal.RequestToken;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Binary;
import io.tailrace.schemas.model.DynamoNumber;
import io.tailrace.schemas.model.Item;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tells requests apart by a digest of all that they say but their token. Members of maps and elements of sets count
 * without their order, and numbers by their value, because clients that send a request again may write them anew.
 */
final class RequestFingerprint {
    private static final int NULL = -1;

    private final MessageDigest digest;

    private RequestFingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** The request's token with its fingerprint, or null when it has no token. */
    static RequestToken of(TransactWriteItemsRequest request) {
        if (request.clientRequestToken() == null) {
            return null;
        }
        RequestFingerprint fingerprint = new RequestFingerprint();
        fingerprint.add(request.returnConsumedCapacity());
        fingerprint.add(request.returnItemCollectionMetrics());
        request.transactItems().forEach(fingerprint::add);
        return new RequestToken(request.clientRequestToken(), HexFormat.of().formatHex(fingerprint.digest.digest()));
    }

    /** The request's token with its fingerprint, or null when it has no token. */
    static RequestToken of(ExecuteTransactionRequest request) {
        if (request.clientRequestToken() == null) {
            return null;
        }
        RequestFingerprint fingerprint = new RequestFingerprint();
        fingerprint.add(request.returnConsumedCapacity());
        for (ParameterizedStatement statement : request.transactStatements()) {
            fingerprint.add("Statement");
            fingerprint.add(statement.statement());
            List<AttributeValue> parameters = statement.parameters() == null ? List.of() : statement.parameters();
            fingerprint.add(parameters.size());
            parameters.forEach(fingerprint::add);
            fingerprint.add(statement.returnValuesOnConditionCheckFailure());
        }
        return new RequestToken(request.clientRequestToken(), HexFormat.of().formatHex(fingerprint.digest.digest()));
    }

    private void add(TransactWriteItem action) {
        if (action.conditionCheck() != null) {
            TransactConditionCheck check = action.conditionCheck();
            add("ConditionCheck");
            add(check.tableName());
            add(check.key());
            addExpressions(
                    null,
                    check.conditionExpression(),
                    check.expressionAttributeNames(),
                    check.expressionAttributeValues());
            add(check.returnValuesOnConditionCheckFailure());
        }
        if (action.put() != null) {
            TransactPut put = action.put();
            add("Put");
            add(put.tableName());
            add(put.item());
            addExpressions(
                    null, put.conditionExpression(), put.expressionAttributeNames(), put.expressionAttributeValues());
            add(put.returnValuesOnConditionCheckFailure());
        }
        if (action.delete() != null) {
            TransactDelete delete = action.delete();
            add("Delete");
            add(delete.tableName());
            add(delete.key());
            addExpressions(
                    null,
                    delete.conditionExpression(),
                    delete.expressionAttributeNames(),
                    delete.expressionAttributeValues());
            add(delete.returnValuesOnConditionCheckFailure());
        }
        if (action.update() != null) {
            TransactUpdate update = action.update();
            add("Update");
            add(update.tableName());
            add(update.key());
            addExpressions(
                    update.updateExpression(),
                    update.conditionExpression(),
                    update.expressionAttributeNames(),
                    update.expressionAttributeValues());
            add(update.returnValuesOnConditionCheckFailure());
        }
    }

    private void addExpressions(
            String update, String condition, Map<String, String> names, Map<String, AttributeValue> values) {
        add(update);
        add(condition);
        add(names == null ? NULL : names.size());
        new TreeMap<>(names == null ? Map.of() : names).forEach((name, value) -> {
            add(name);
            add(value);
        });
        addValues(values);
    }

    private void add(Item item) {
        addValues(item.attributes());
    }

    private void addValues(Map<String, AttributeValue> values) {
        add(values == null ? NULL : values.size());
        new TreeMap<>(values == null ? Map.of() : values).forEach((name, value) -> {
            add(name);
            add(value);
        });
    }

    private void add(AttributeValue value) {
        add(value.type().name());
        switch (value.type()) {
            case S -> add(((AttributeValue.S) value).value());
            case N -> add(((AttributeValue.N) value).value().toString());
            case B -> add(((AttributeValue.B) value).value());
            case BOOL -> add(((AttributeValue.Bool) value).value() ? 1 : 0);
            case NULL -> add(NULL);
            case L -> {
                List<AttributeValue> values = ((AttributeValue.L) value).values();
                add(values.size());
                values.forEach(this::add);
            }
            case M -> addValues(((AttributeValue.M) value).values());
            case SS -> {
                Set<String> values = ((AttributeValue.SS) value).values();
                add(values.size());
                values.stream().sorted().forEach(this::add);
            }
            case NS -> {
                Set<DynamoNumber> values = ((AttributeValue.NS) value).values();
                add(values.size());
                values.stream().sorted().map(DynamoNumber::toString).forEach(this::add);
            }
            case BS -> {
                Set<Binary> values = ((AttributeValue.BS) value).values();
                add(values.size());
                values.stream().sorted().forEach(this::add);
            }
        }
    }

    private void add(Binary binary) {
        add(binary.size());
        digest.update(binary.asByteBuffer());
    }

    private void add(String text) {
        if (text == null) {
            add(NULL);
        } else {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            add(bytes.length);
            digest.update(bytes);
        }
    }

    private void add(int number) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }
}
