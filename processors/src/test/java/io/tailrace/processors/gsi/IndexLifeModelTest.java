package io.tailrace.processors.gsi;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Binary;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.IndexStatus;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.KeySchema;
import io.tailrace.schemas.model.Projection;
import io.tailrace.schemas.model.TableDefinition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/**
 * Proves that indexes of all kinds, which come and go while items change, are those that can be computed from the items,
 * through crashes that repeat a stretch of the log and losses of the store that repeat all of it.
 */
class IndexLifeModelTest {
    private static final int OPERATIONS = 600;
    private static final int CHECK_EVERY = 100;
    private static final int TABLE = 10;

    private static final KeyAttribute TYPE = new KeyAttribute("Type", AttributeType.S);
    private static final KeyAttribute RANK = new KeyAttribute("Rank", AttributeType.N);
    private static final KeyAttribute PAYLOAD = new KeyAttribute("Payload", AttributeType.S);
    private static final KeyAttribute BYTES = new KeyAttribute("Bytes", AttributeType.B);

    /** A run with its log, its processor, and the indexes of its table. */
    private static final class Run implements AutoCloseable {
        private final Random random;
        private final MutationLog log = new MutationLog();
        private final List<IndexDefinition> indexes = new ArrayList<>();
        private final Deque<String> toTell = new ArrayDeque<>();
        private GsiDriver gsi = new GsiDriver();
        private int lastId = TABLE;

        Run(long seed) {
            random = new Random(seed);
            indexes.add(newIndex(IndexStatus.ACTIVE));
            indexes.add(newIndex(IndexStatus.ACTIVE));
            gsi.pipe(log.create(table()));
        }

        TableDefinition table() {
            return MutationLog.table(TABLE, indexes.toArray(IndexDefinition[]::new));
        }

        /** A key of one to four attributes before, none to four behind, of those that there are. */
        IndexDefinition newIndex(IndexStatus status) {
            List<KeyAttribute> attributes = new ArrayList<>(List.of(TYPE, RANK, PAYLOAD, BYTES));
            Collections.shuffle(attributes, random);
            int hashes = 1 + random.nextInt(4);
            int ranges = random.nextInt(5 - hashes);
            Projection projection = switch (random.nextInt(3)) {
                case 0 -> Projection.ALL;
                case 1 -> Projection.KEYS_ONLY;
                default -> new Projection(Projection.Type.INCLUDE, List.of("Other", "Payload"));
            };
            KeySchema key = new KeySchema(attributes.subList(0, hashes), attributes.subList(hashes, hashes + ranges));
            lastId++;
            return new IndexDefinition(lastId, "Index" + lastId, key, projection, null, status);
        }

        void step() {
            int kind = random.nextInt(100);
            if (kind < 70) {
                gsi.pipe(change());
            } else if (kind < 85) {
                build();
            } else if (kind < 88 && toTell.isEmpty()) {
                comeOrGo();
            } else if (kind < 92) {
                // A crash: everything since some earlier commit comes once more.
                List<ChangeRecord> records = log.records();
                gsi.pipe(records.subList(Math.max(0, records.size() - 1 - random.nextInt(60)), records.size()));
            } else if (kind == 99 && random.nextInt(3) == 0) {
                gsi.close();
                gsi = new GsiDriver();
                gsi.pipe(log.records());
            }
        }

        private ChangeRecord change() {
            String id = "id" + random.nextInt(25);
            if (log.has(id) && random.nextInt(3) == 0) {
                return log.delete(table(), id);
            }
            Item.Builder item =
                    MutationLog.item(id, "type" + random.nextInt(3), random.nextInt(3), "p" + random.nextInt(3))
                            .toBuilder();
            item.set("Other", random.nextInt(5));
            switch (random.nextInt(8)) {
                case 0 -> item.remove("Type");
                case 1 -> item.set("Rank", "wrong type");
                case 2 -> item.set("Payload", "");
                default ->
                    item.set("Bytes", new AttributeValue.B(Binary.copyOf(new byte[] {(byte) random.nextInt(3), 0})));
            }
            return log.put(table(), item.build());
        }

        /** An index that comes is told of what is there; one that goes is gone a little later. */
        private void comeOrGo() {
            if (random.nextBoolean()) {
                indexes.add(newIndex(IndexStatus.BACKFILLING));
                log.items().forEach(item -> toTell.add(((AttributeValue.S) item.get("Id")).value()));
                toTell.add("");
            } else if (indexes.size() > 1) {
                int position = random.nextInt(indexes.size());
                indexes.set(position, indexes.get(position).withStatus(IndexStatus.DELETING));
            }
            gsi.pipe(log.update(table()));
            if (indexes.removeIf(index -> index.status() == IndexStatus.DELETING)) {
                gsi.pipe(log.update(table()));
            }
        }

        /** Tells the next items, and at the end makes the index active. */
        private void build() {
            for (int i = 0; i < 5 && !toTell.isEmpty(); i++) {
                String id = toTell.remove();
                if (id.isEmpty()) {
                    become(IndexStatus.CATCHING_UP);
                    become(IndexStatus.ACTIVE);
                } else {
                    log.item(id).ifPresent(item -> gsi.pipe(log.backfill(table(), item)));
                }
            }
        }

        private void become(IndexStatus status) {
            indexes.replaceAll(index -> index.status() == IndexStatus.ACTIVE ? index : index.withStatus(status));
            gsi.pipe(log.update(table()));
        }

        void check() {
            for (IndexDefinition index : indexes) {
                if (index.status() == IndexStatus.ACTIVE) {
                    List<Item> expected = expected(index);
                    assertThat(gsi.items(index.id())).as(index.toString()).isEqualTo(expected);
                    assertThat(gsi.queries().entryCount(index.id())).isEqualTo(expected.size());
                }
            }
        }

        private List<Item> expected(IndexDefinition index) {
            TreeMap<byte[], Item> entries = new TreeMap<>(Arrays::compareUnsigned);
            for (Item item : log.items()) {
                if (index.key().isCompleteIn(item) && !isEmptyKey(index, item)) {
                    entries.put(
                            StateKeys.indexKey(table(), index, item),
                            index.projection().apply(item, table().key(), index.key()));
                }
            }
            return new ArrayList<>(entries.values());
        }

        private static boolean isEmptyKey(IndexDefinition index, Item item) {
            return index.key().contains("Payload")
                    && item.get("Payload") instanceof AttributeValue.S text
                    && text.value().isEmpty();
        }

        @Override
        public void close() {
            gsi.close();
        }
    }

    @Property(tries = 4)
    void indexesAreWhatTheItemsSay(@ForAll @LongRange(min = 0, max = 1_000_000_000) long seed) {
        try (Run run = new Run(seed)) {
            for (int i = 1; i <= OPERATIONS; i++) {
                run.step();
                if (i % CHECK_EVERY == 0) {
                    run.check();
                }
            }
        }
    }
}
