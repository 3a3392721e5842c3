package io.tailrace.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.Durability;
import io.tailrace.engine.EngineConfig;
import io.tailrace.engine.TableEngine;
import io.tailrace.engine.TestEngines;
import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The largest transaction that the API allows, 100 updates of items of 400 KB, is one commit like any other. */
class LargestTransactionTest {
    private static final int ITEMS = 100;
    private static final String TABLE =
            "{'TableName': 'Large', 'BillingMode': 'PAY_PER_REQUEST', 'AttributeDefinitions': "
                    + "[{'AttributeName': 'k', 'AttributeType': 'S'}], 'KeySchema': [{'AttributeName': 'k', 'KeyType': 'HASH'}]}";

    @TempDir
    Path dir;

    @Test
    void aHundredOfTheLargestItemsChangeTogether() throws IOException {
        try (TableEngine engine = open()) {
            Api api = new Api(engine);
            api.createTable(TABLE);
            String text = "x".repeat(400 * 1024 - 100);
            StringBuilder updates = new StringBuilder();
            for (int i = 0; i < ITEMS; i++) {
                String key = "'k': {'S': '" + i + "'}";
                api.putItem("{'TableName': 'Large', 'Item': {" + key + ", 't': {'S': '" + text + "'}}}");
                updates.append(i == 0 ? "" : ",")
                        .append("{'Update': {'TableName': 'Large', 'Key': {" + key
                                + "}, 'UpdateExpression': 'SET n = :n',")
                        .append("'ExpressionAttributeValues': {':n': {'N': '1'}}}}");
            }
            api.transactWriteItems("{'TransactItems': [" + updates + "]}");
            try (JournalReader reader = engine.journal().openReader()) {
                reader.seek(engine.appliedSequence());
                JournalEntry entry = reader.next();
                assertThat(entry.mutations()).hasSize(ITEMS);
            }
        }
        try (TableEngine engine = open()) {
            Api api = new Api(engine);
            for (int i = 0; i < ITEMS; i++) {
                assertThat(api.getItem("{'TableName': 'Large', 'Key': {'k': {'S': '" + i + "'}}}")
                                .item()
                                .get("n"))
                        .isNotNull();
            }
        }
    }

    private TableEngine open() {
        return TableEngine.open(
                EngineConfig.of(dir, "eu-west-1").withDurability(Durability.PROCESS), TestEngines.dependencies());
    }
}
