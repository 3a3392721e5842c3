package io.tailrace.processors.broker;

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

/** A table with one index. */
final class Things {
    static final int INDEX = 11;

    private static final KeyAttribute ID = new KeyAttribute("Id", AttributeType.S);
    private static final KeyAttribute TYPE = new KeyAttribute("Type", AttributeType.S);
    private static final KeyAttribute RANK = new KeyAttribute("Rank", AttributeType.N);

    static final TableDefinition TABLE = table(10, "Things");

    private Things() {}

    /** Another table like this; its index has the next id. */
    static TableDefinition table(int id, String name) {
        return new TableDefinition(
                id,
                "uuid",
                name,
                KeySchema.simple(ID),
                Map.of("Id", AttributeType.S, "Type", AttributeType.S, "Rank", AttributeType.N),
                List.of(),
                List.of(new IndexDefinition(id + 1, "ByType", KeySchema.composite(TYPE, RANK), Projection.ALL, null)),
                BillingMode.PAY_PER_REQUEST,
                null,
                null,
                null,
                false,
                Map.of(),
                Instant.EPOCH);
    }

    static Item item(int number) {
        return Item.builder()
                .set("Id", "id" + number)
                .set("Type", "type" + number % 7)
                .set("Rank", number)
                .build();
    }
}
