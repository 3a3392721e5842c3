package io.tailrace.engine.operation;

import static io.tailrace.engine.operation.Requests.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.writer.ItemMutation;
import org.junit.jupiter.api.Test;

/** Operations on items hold the contract over the engine in maps; and what only it can show: mutations and global indexes. */
class InMemoryItemOperationsTest extends ItemOperationsKit {
    private InMemoryEngine engine;

    @Override
    OperationExecutor newEngine() {
        engine = new InMemoryEngine("eu-west-1");
        return engine;
    }

    @Test
    void queriesGlobalIndexes() {
        put("{'p': {'S': 'a'}, 's': {'N': '1'}, 'g': {'S': 'g'}, 'x': {'S': 'x1'}, 'y': {'S': 'y1'}}");
        put("{'p': {'S': 'b'}, 's': {'N': '2'}, 'g': {'S': 'g'}, 'x': {'S': 'x2'}}");
        put("{'p': {'S': 'c'}, 's': {'N': '3'}}");
        String query = "{'TableName': 'Music', 'IndexName': 'byG', 'KeyConditionExpression': 'g = :g', 'Limit': 1,"
                + "'ExpressionAttributeValues': {':g': {'S': 'g'}}, 'ReturnConsumedCapacity': 'INDEXES'";
        QueryResponse first = api.query(query + "}");
        assertThat(first.items())
                .containsExactly(item("{'p': {'S': 'a'}, 's': {'N': '1'}, 'g': {'S': 'g'}, 'x': {'S': 'x1'}}"));
        assertThat(first.lastEvaluatedKey()).isEqualTo(item("{'p': {'S': 'a'}, 's': {'N': '1'}, 'g': {'S': 'g'}}"));
        assertThat(first.consumedCapacity().globalSecondaryIndexes().get("byG").capacityUnits())
                .isEqualTo(0.5);
        QueryResponse second =
                api.query(query + ", 'ExclusiveStartKey': {'p': {'S': 'a'}, 's': {'N': '1'}, 'g': {'S': 'g'}}}");
        assertThat(second.items().get(0).get("x"))
                .isEqualTo(item("{'x': {'S': 'x2'}}").get("x"));
        assertThat(api.scan("{'TableName': 'Music', 'IndexName': 'byG'}").count())
                .isEqualTo(2);
        assertThat(api.describeTable("{'TableName': 'Music'}")
                        .table()
                        .globalSecondaryIndexes()
                        .get(0)
                        .itemCount())
                .isEqualTo(2);
    }

    @Test
    void updateAndDeleteTellHowMuchIsInTheTable() {
        put("{'p': {'S': 'a'}, 's': {'N': '1'}, 'x': {'S': 'x'}}");
        put("{'p': {'S': 'a'}, 's': {'N': '2'}, 'x': {'S': 'x'}}");
        TableDescription updated = api.updateTable("{'TableName': 'Music', 'TableClass': 'STANDARD_INFREQUENT_ACCESS'}")
                .tableDescription();
        assertThat(updated.itemCount()).isEqualTo(2);
        assertThat(updated.tableSizeBytes()).isEqualTo(14);
        TableDescription deleted = api.deleteTable("{'TableName': 'Music'}").table();
        assertThat(deleted.itemCount()).isEqualTo(2);
    }

    @Test
    void aWritePlansOneMutationWithTheOldItem() {
        put("{'p': {'S': 'a'}, 's': {'N': '1'}, 'x': {'S': 'old'}}");
        put("{'p': {'S': 'a'}, 's': {'N': '1'}, 'x': {'S': 'new'}}");
        ItemMutation mutation = (ItemMutation) engine.lastMutations().get(0);
        assertThat(engine.lastMutations()).hasSize(1);
        assertThat(mutation.key()).isEqualTo(item("{'p': {'S': 'a'}, 's': {'N': '1'}}"));
        assertThat(mutation.oldItem().item().get("x"))
                .isEqualTo(item("{'x': {'S': 'old'}}").get("x"));
    }
}
