package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.writer.CatalogMutation;
import io.tailrace.engine.writer.Mutation;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.codec.ChangeRecordCodec;
import io.tailrace.schemas.model.Binary;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.Command;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.IndexStatus;
import io.tailrace.schemas.model.ReplicaTelling;
import io.tailrace.schemas.model.TableDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionException;

/**
 * Engines of several regions that tell one another of their tables, for tests: each change reaches each other region once for
 * every pair of partitions, in order within the pair, at some time, and possibly several times.
 */
final class SimulatedRegions {
    private static final int PARTITIONS = 2;
    private static final int ENTRY_PARTITIONS = 2;
    private static final int MOST_REPEATED = 3;

    private final Map<String, InMemoryEngine> engines = new LinkedHashMap<>();
    private final Map<String, List<byte[]>> logs = new LinkedHashMap<>();
    private final List<Channel> channels = new ArrayList<>();
    private final List<String> refusedTellings = new ArrayList<>();

    /** What one region tells another one over one pair of partitions. */
    private static final class Channel {
        final String from;
        final String to;
        final int partition;
        final int entryPartition;
        int next;

        Channel(String from, String to, int partition, int entryPartition) {
            this.from = from;
            this.to = to;
            this.partition = partition;
            this.entryPartition = entryPartition;
        }
    }

    SimulatedRegions(List<String> names) {
        for (String name : names) {
            InMemoryEngine engine = new InMemoryEngine(name);
            engine.drawIdsFrom(1_000L * engines.size());
            engines.put(name, engine);
            logs.put(name, new ArrayList<>());
        }
        for (String from : names) {
            for (String to : names) {
                for (int pair = 0; !from.equals(to) && pair < PARTITIONS * ENTRY_PARTITIONS; pair++) {
                    channels.add(new Channel(from, to, pair / ENTRY_PARTITIONS, pair % ENTRY_PARTITIONS));
                }
            }
        }
    }

    InMemoryEngine engine(String region) {
        return engines.get(region);
    }

    Optional<TableDefinition> table(String region, String name) {
        return engines.get(region).table(name);
    }

    /** What regions could not make anything of. */
    List<String> refusedTellings() {
        return refusedTellings;
    }

    /** What requests know of the other regions: all of it, as in one server. */
    OtherRegions others() {
        return new OtherRegions() {
            @Override
            public void require(String region) {
                if (!engines.containsKey(region)) {
                    NONE.require(region);
                }
            }

            @Override
            public Optional<TableDefinition> table(String region, String tableName) {
                return SimulatedRegions.this.table(region, tableName);
            }
        };
    }

    /** Carries the write out in a region, and notes what it changed. */
    <R> R write(String region, WriteOperation<R> operation) {
        InMemoryEngine engine = engines.get(region);
        engine.pass(Duration.ofMillis(1));
        try {
            R response = engine.write(operation).join();
            note(region);
            return response;
        } catch (CompletionException failure) {
            throw (RuntimeException) failure.getCause();
        }
    }

    /** Likewise, of one that looks at other regions first. */
    UpdateTableResponse update(String region, String request) {
        InMemoryEngine engine = engines.get(region);
        engine.pass(Duration.ofMillis(1));
        try {
            UpdateTableResponse response = new UpdateTableOperation(Requests.request(UpdateTableRequest.class, request))
                    .execute(engine, others())
                    .join();
            note(region);
            return response;
        } catch (CompletionException failure) {
            throw (RuntimeException) failure.getCause();
        }
    }

    private void note(String region) {
        InMemoryEngine engine = engines.get(region);
        for (Mutation mutation : engine.lastMutations()) {
            if (mutation instanceof CatalogMutation catalog) {
                long sequence = logs.get(region).size() + 1L;
                logs.get(region)
                        .add(ChangeRecordCodec.encode(new ChangeRecord(
                                sequence,
                                0,
                                1,
                                engine.now(),
                                region,
                                null,
                                null,
                                new CatalogChange(catalog.action(), catalog.table()))));
            }
        }
    }

    /** Brings one change further over one of the channels; whether there was any. */
    boolean deliver(Random random) {
        List<Channel> waiting = channels.stream()
                .filter(channel -> channel.next < logs.get(channel.from).size())
                .toList();
        if (waiting.isEmpty()) {
            return false;
        }
        Channel channel = waiting.get(random.nextInt(waiting.size()));
        byte[] change = logs.get(channel.from).get(channel.next++);
        try {
            write(
                    channel.to,
                    new HearOfTableOperation(
                            new Command.TellTable(Binary.wrap(change), channel.partition, PARTITIONS),
                            channel.entryPartition,
                            ENTRY_PARTITIONS));
        } catch (DynamoException refused) {
            refusedTellings.add(channel.from + " to " + channel.to + ": " + refused.getMessage());
        }
        return true;
    }

    /** Some of what was told is told once more. */
    void repeat(Random random) {
        Channel channel = channels.get(random.nextInt(channels.size()));
        channel.next = Math.max(0, channel.next - random.nextInt(MOST_REPEATED + 1));
    }

    /** Takes one step of what engines do by themselves; whether there was any. */
    boolean work(Random random) {
        List<Runnable> steps = new ArrayList<>();
        engines.forEach((region, engine) -> {
            for (TableDefinition table : engine.tables()) {
                for (IndexDefinition index : table.globalSecondaryIndexes()) {
                    next(index)
                            .ifPresent(to -> steps.add(() ->
                                    write(region, new IndexStatusOperation(table, index.id(), index.status(), to))));
                }
                if (table.isGlobal()) {
                    for (ReplicaTelling telling : table.details().globalTable().tellings()) {
                        steps.add(() -> write(region, new ReplicaToldOperation(table, telling)));
                    }
                }
            }
        });
        if (steps.isEmpty()) {
            return false;
        }
        steps.get(random.nextInt(steps.size())).run();
        return true;
    }

    /** What comes after a status: nothing, the next one, or the end. */
    private static Optional<Optional<IndexStatus>> next(IndexDefinition index) {
        return switch (index.status()) {
            case BACKFILLING -> Optional.of(Optional.of(IndexStatus.CATCHING_UP));
            case CATCHING_UP -> Optional.of(Optional.of(IndexStatus.ACTIVE));
            case DELETING -> Optional.of(Optional.empty());
            case ACTIVE -> Optional.empty();
        };
    }

    /** Until nobody has anything to do or to tell. */
    void settle(Random random) {
        boolean busy = true;
        for (int step = 0; busy; step++) {
            if (step > 200_000) {
                throw new AssertionError("the regions do not come to rest");
            }
            busy = random.nextInt(4) == 0 ? work(random) || deliver(random) : deliver(random) || work(random);
        }
    }
}
