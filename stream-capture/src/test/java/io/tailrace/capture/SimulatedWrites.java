package io.tailrace.capture;

import io.tailrace.engine.read.StoredItem;
import io.tailrace.engine.writer.CatalogMutation;
import io.tailrace.engine.writer.ItemMutation;
import io.tailrace.engine.writer.Mutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.BillingMode;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.KeySchema;
import io.tailrace.schemas.model.StreamDefinition;
import io.tailrace.schemas.model.StreamViewType;
import io.tailrace.schemas.model.TableDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random writes: items of tables that come and go, one or several at once; one of the tables has a stream. */
final class SimulatedWrites {
    private static final KeyAttribute PARTITION_KEY = new KeyAttribute("Pk", AttributeType.S);
    private static final KeySchema KEY = KeySchema.simple(PARTITION_KEY);

    private final Random random;
    private int values;

    SimulatedWrites(Random random) {
        this.random = random;
    }

    WriteOperation<Integer> next() {
        String name = random.nextInt(3) == 0 ? "Plain" : "Streamed";
        boolean delete = random.nextInt(40) == 0;
        List<Item> items = new ArrayList<>();
        for (int count = random.nextInt(4) == 0 ? 2 + random.nextInt(4) : 1; count > 0; count--) {
            items.add(Item.builder()
                    .set("Pk", "user-" + (random.nextInt(5) + 10 * count))
                    .set("Value", values++)
                    .build());
        }
        return context -> {
            TableDefinition table = context.table(name).orElse(null);
            if (table == null) {
                return catalogChange(CatalogChange.Action.CREATE_TABLE, definition(context, name));
            }
            return delete ? catalogChange(CatalogChange.Action.DELETE_TABLE, table) : puts(context, table, items);
        };
    }

    private static Plan<Integer> catalogChange(CatalogChange.Action action, TableDefinition table) {
        return new Plan<>(List.of(new CatalogMutation(action, table)), 1);
    }

    private static Plan<Integer> puts(PlanContext context, TableDefinition table, List<Item> items) {
        List<Mutation> mutations = new ArrayList<>();
        for (Item item : items) {
            Item key = table.key().keyOf(item);
            StoredItem old = context.item(table, key);
            mutations.add(new ItemMutation(table, key, old, item));
        }
        return new Plan<>(mutations, items.size());
    }

    private static TableDefinition definition(PlanContext context, String name) {
        int id = context.newId();
        return new TableDefinition(
                id,
                context.newUuid().toString(),
                name,
                KEY,
                Map.of(PARTITION_KEY.name(), PARTITION_KEY.type()),
                List.of(),
                List.of(),
                BillingMode.PAY_PER_REQUEST,
                null,
                name.equals("Streamed") ? new StreamDefinition(StreamViewType.NEW_AND_OLD_IMAGES, "label-" + id) : null,
                null,
                false,
                Map.of(),
                Instant.EPOCH);
    }
}
