package io.tailrace.processors.gsi;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.Projection;
import io.tailrace.schemas.model.TableDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** Proves that after any operations with any replays the index is the one that can be computed from the items. */
class IndexModelTest {
    private static final int OPERATIONS = 150;

    private final IndexDefinition index =
            MutationLog.index(11, new Projection(Projection.Type.INCLUDE, List.of("Payload")));
    private final TableDefinition table = MutationLog.table(10, index);

    @Property(tries = 25)
    void theIndexIsWhatTheItemsSay(@ForAll @LongRange(min = 0, max = 1_000_000_000) long seed) {
        Random random = new Random(seed);
        MutationLog log = new MutationLog();
        try (GsiDriver gsi = new GsiDriver()) {
            gsi.pipe(log.create(table));
            for (int i = 0; i < OPERATIONS; i++) {
                gsi.pipe(mutate(log, random));
                if (random.nextInt(20) == 0) {
                    // A crash: everything since some earlier commit comes once more, but only as far as it had come.
                    List<ChangeRecord> records = log.records();
                    gsi.pipe(records.subList(random.nextInt(records.size()), records.size()));
                }
            }
            List<Item> expected = expected(log);
            assertThat(gsi.items(11)).isEqualTo(expected);
            assertThat(gsi.queries().entryCount(11)).isEqualTo(expected.size());
        }
    }

    private ChangeRecord mutate(MutationLog log, Random random) {
        String id = "id" + random.nextInt(8);
        if (log.has(id) && random.nextInt(3) == 0) {
            return log.delete(table, id);
        }
        Item.Builder item =
                MutationLog.item(id, "type" + random.nextInt(3), random.nextInt(3), "p" + random.nextInt(3))
                        .toBuilder();
        switch (random.nextInt(8)) {
            case 0 -> item.remove("Type");
            case 1 -> item.set("Rank", "wrong type");
            default -> item.set("Other", random.nextInt());
        }
        return log.put(table, item.build());
    }

    private List<Item> expected(MutationLog log) {
        TreeMap<byte[], Item> entries = new TreeMap<>(Arrays::compareUnsigned);
        for (Item item : log.items()) {
            if (index.key().isCompleteIn(item)) {
                entries.put(
                        StateKeys.indexKey(table, index, item), item.project(List.of("Id", "Type", "Rank", "Payload")));
            }
        }
        return new ArrayList<>(entries.values());
    }
}
