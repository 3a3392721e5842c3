package io.tailrace.processors.ttl;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.Command;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.model.TimeToLive;
import io.tailrace.schemas.serde.TailraceSerdes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * Proves that after any writes and changes of time to live, with crashes that replay the log and lose commands, all that
 * expired is gone and exactly the rest is pending.
 */
class ExpiryModelTest {
    private static final String TOPIC = "mutations";
    private static final int OPERATIONS = 400;
    private static final List<String> ATTRIBUTES = List.of("A", "B");

    @Property(tries = 60)
    void whatExpiredIsGoneAndTheRestIsPending(@ForAll @LongRange(min = 0, max = 1_000_000_000) long seed) {
        Run run = new Run(new Random(seed));
        for (int i = 0; i < OPERATIONS; i++) {
            run.step();
        }
        run.settle();
        run.check();
    }

    /** One history. */
    private static final class Run {
        private final Random random;
        private final ExpiringTables tables = new ExpiringTables(Instant.parse("2026-03-01T00:00:00Z"));
        private final Serde<ChangeRecord> serde = new TailraceSerdes(null).changeRecord();
        private final KeyValueStore<Integer, byte[]> definitions = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(TtlTopology.TABLE_DEFINITIONS),
                        Serdes.Integer(),
                        Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        private final KeyValueStore<Bytes, byte[]> pending = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(TtlTopology.PENDING_EXPIRIES), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        private final List<Integer> tableIds = new ArrayList<>(List.of(1, 2));
        private final Deque<Command> commands = new ArrayDeque<>();
        private final Deque<Item> untold = new ArrayDeque<>();
        private int untoldTable;
        private int nextTableId = 3;
        private int read;
        private int committed;
        private MockProcessorContext<Bytes, Command> context;
        private ExpiryProcessor processor;

        Run(Random random) {
            this.random = random;
            tables.create(1, null);
            tables.create(2, "A");
            start(true);
        }

        private void start(boolean first) {
            context = new MockProcessorContext<>();
            if (first) {
                definitions.init(context.getStateStoreContext(), definitions);
                pending.init(context.getStateStoreContext(), pending);
            }
            context.addStateStore(definitions);
            context.addStateStore(pending);
            processor = new ExpiryProcessor(TOPIC, serde.deserializer(), 40, new TtlTopology.Shared());
            processor.init(context);
        }

        void step() {
            int table = tableIds.get(random.nextInt(tableIds.size()));
            switch (random.nextInt(24)) {
                case 0, 1, 2, 3, 4, 5 -> tables.put(table, item());
                case 6 -> deleteOne(table);
                case 7 -> switchTimeToLive(table);
                case 8, 9, 10 -> tell(random.nextInt(3));
                case 11, 12, 13, 14, 15 -> read(random.nextInt(8));
                case 16, 17, 18 -> tick(Duration.ofMillis(250 + random.nextInt(2_000)));
                case 19, 20 -> deliver(random.nextInt(20), random.nextInt(4) == 0);
                case 21 -> committed = read;
                case 22 -> crash();
                default -> exchange(table);
            }
        }

        private Item item() {
            Item.Builder item = Item.builder().set("Id", "id" + random.nextInt(8));
            for (String attribute : ATTRIBUTES) {
                switch (random.nextInt(8)) {
                    case 0 -> item.set(attribute, "wrong type");
                    case 1 -> item.set("Other", random.nextInt());
                    case 2 ->
                        item.set(attribute, AttributeValue.number(tables.now().getEpochSecond() - 6 * 366 * 86_400L));
                    case 3 ->
                        item.set(
                                attribute,
                                AttributeValue.number(tables.now().getEpochSecond() + random.nextInt(20) + ".25"));
                    default ->
                        item.set(
                                attribute,
                                AttributeValue.number(tables.now().getEpochSecond() - 5 + random.nextInt(40)));
                }
            }
            return item.build();
        }

        private void deleteOne(int table) {
            List<Item> keys = List.copyOf(tables.items(table).keySet());
            if (!keys.isEmpty()) {
                Item key = keys.get(random.nextInt(keys.size()));
                tables.delete(table, ((AttributeValue.S) key.get("Id")).value());
            }
        }

        /** Switching on tells the table's items again, some now and some later. */
        private void switchTimeToLive(int table) {
            if (!untold.isEmpty()) {
                return;
            }
            if (tables.table(table).ttlAttribute() != null) {
                tables.timeToLive(table, null);
                return;
            }
            tables.timeToLive(table, ATTRIBUTES.get(random.nextInt(2)));
            untoldTable = table;
            untold.addAll(tables.items(table).keySet());
        }

        private void tell(int count) {
            for (int i = 0; i < count && !untold.isEmpty(); i++) {
                Item key = untold.remove();
                if (tables.exists(untoldTable) && tables.items(untoldTable).containsKey(key)) {
                    tables.backfill(untoldTable, key);
                }
            }
        }

        private void exchange(int table) {
            if (random.nextInt(4) == 0) {
                tables.drop(table);
                tableIds.remove((Integer) table);
                tables.create(nextTableId, random.nextBoolean() ? "A" : null);
                tableIds.add(nextTableId++);
            }
        }

        private void read(int count) {
            List<ChangeRecord> log = tables.log();
            for (int i = 0; i < count && read < log.size(); i++) {
                ChangeRecord record = log.get(read++);
                processor.process(new Record<>(
                        TtlDriver.topicKey(record), serde.serializer().serialize(TOPIC, record), 0));
            }
        }

        private void tick(Duration time) {
            tables.advanceTo(tables.now().plus(time));
            context.scheduledPunctuators()
                    .get(0)
                    .getPunctuator()
                    .punctuate(tables.now().toEpochMilli());
            context.forwarded()
                    .forEach(forwarded -> commands.add(forwarded.record().value()));
            context.resetForwards();
        }

        private void deliver(int count, boolean twice) {
            for (int i = 0; i < count && !commands.isEmpty(); i++) {
                Command command = commands.remove();
                tables.apply(command);
                if (twice) {
                    tables.apply(command);
                }
            }
        }

        /** The log is read again from somewhere behind the last commit; some commands never reached Kafka. */
        private void crash() {
            read = committed + random.nextInt(read - committed + 1);
            committed = Math.min(committed, read);
            for (int lost = random.nextInt(1 + commands.size()); lost > 0; lost--) {
                commands.removeLast();
            }
            processor.close();
            start(false);
        }

        void settle() {
            tell(Integer.MAX_VALUE);
            for (Duration passed = Duration.ZERO; passed.toSeconds() < 60; passed = passed.plusMillis(500)) {
                read(Integer.MAX_VALUE);
                tick(Duration.ofMillis(500));
                deliver(Integer.MAX_VALUE, false);
            }
            read(Integer.MAX_VALUE);
        }

        void check() {
            Set<String> expected = new TreeSet<>();
            for (int id : tableIds) {
                TableDefinition table = tables.table(id);
                for (Item item : tables.items(id).values()) {
                    if (table.ttlAttribute() != null) {
                        assertThat(TimeToLive.hasExpired(item, table.ttlAttribute(), tables.now()))
                                .as("%s in %s", item, table.name())
                                .isFalse();
                        OptionalLong expiry = TimeToLive.expiryMillis(item, table.ttlAttribute());
                        if (expiry.isPresent() && !TimeToLive.isTooOld(expiry.getAsLong(), tables.now())) {
                            expected.add(expiry.getAsLong() + " " + Bytes.wrap(StateKeys.tableKey(table, item)));
                        }
                    }
                }
            }
            Set<String> actual = new TreeSet<>();
            try (KeyValueIterator<Bytes, byte[]> all = pending.all()) {
                all.forEachRemaining(entry -> actual.add(PendingKey.expiryMillis(entry.key) + " "
                        + Bytes.wrap(StateKeys.concat(
                                StateKeys.idPrefix(PendingKey.tableId(entry.key)),
                                Arrays.copyOfRange(entry.key.get(), 20, entry.key.get().length)))));
            }
            assertThat(actual).isEqualTo(expected);
        }
    }
}
