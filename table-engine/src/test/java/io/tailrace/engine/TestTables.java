package io.tailrace.engine;

import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.BillingMode;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.KeySchema;
import io.tailrace.schemas.model.Projection;
import io.tailrace.schemas.model.TableDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Table definitions and items for tests: partition key {@code pk}, sort key {@code sk}, local index key {@code lk}. */
public final class TestTables {
    public static final KeyAttribute PK = new KeyAttribute("pk", AttributeType.S);
    public static final KeyAttribute SK = new KeyAttribute("sk", AttributeType.N);
    public static final KeyAttribute LK = new KeyAttribute("lk", AttributeType.S);

    private TestTables() {}

    /** A table without indexes. */
    public static TableDefinition plain(int id, String name) {
        return table(id, name, List.of());
    }

    /** A table with a local index of this projection; the index's id is one more than the table's. */
    public static TableDefinition indexed(int id, String name, Projection projection) {
        IndexDefinition index = new IndexDefinition(id + 1, "by-lk", KeySchema.composite(PK, LK), projection, null);
        return table(id, name, List.of(index));
    }

    public static Item key(String pk, long sk) {
        return Item.builder().set("pk", pk).set("sk", sk).build();
    }

    public static Item item(String pk, long sk, String value) {
        return key(pk, sk).toBuilder().set("value", value).build();
    }

    private static TableDefinition table(int id, String name, List<IndexDefinition> localIndexes) {
        return new TableDefinition(
                id,
                "uuid-" + id,
                name,
                KeySchema.composite(PK, SK),
                Map.of("pk", AttributeType.S, "sk", AttributeType.N),
                localIndexes,
                List.of(),
                BillingMode.PAY_PER_REQUEST,
                null,
                null,
                null,
                false,
                Map.of(),
                Instant.parse("2026-01-01T00:00:00Z"));
    }
}
