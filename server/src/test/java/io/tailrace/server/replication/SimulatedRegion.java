package io.tailrace.server.replication;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.engine.Durability;
import io.tailrace.engine.EngineConfig;
import io.tailrace.engine.EngineDependencies;
import io.tailrace.engine.TableEngine;
import io.tailrace.engine.journal.CommandPosition;
import io.tailrace.engine.journal.JournalConfig;
import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.journal.JournalMutation;
import io.tailrace.engine.journal.JournalReader;
import io.tailrace.engine.operation.CommandOperation;
import io.tailrace.engine.read.StoredItem;
import io.tailrace.engine.writer.CatalogMutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.codec.ChangeRecordCodec;
import io.tailrace.schemas.codec.CommandCodec;
import io.tailrace.schemas.key.PartitionHash;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemVersion;
import io.tailrace.schemas.model.TableDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** A region of a simulation: a real engine, and its topics of mutations and commands as lists. Belongs to one thread. */
final class SimulatedRegion implements AutoCloseable {
    static final int PARTITIONS = 2;
    private static final int BLOCK_BYTES = 1 << 20;

    private final String name;
    private final Path root;
    private final RegionClock clock;
    private final List<List<ChangeRecord>> mutations = new ArrayList<>();
    private final List<List<byte[]>> commands = new ArrayList<>();
    private int lives;
    private long captured;
    private TableEngine engine;

    SimulatedRegion(String name, Path root, RegionClock clock) {
        this.name = name;
        this.root = root;
        this.clock = clock;
        for (int partition = 0; partition < PARTITIONS; partition++) {
            mutations.add(new ArrayList<>());
            commands.add(new ArrayList<>());
        }
        engine = open(root.resolve("life-" + lives));
    }

    String name() {
        return name;
    }

    RegionClock clock() {
        return clock;
    }

    void create(TableDefinition table) {
        write(context -> new Plan<>(List.of(new CatalogMutation(CatalogChange.Action.CREATE_TABLE, table)), true));
    }

    <R> R write(WriteOperation<R> operation) {
        return get(engine.write(operation));
    }

    /** The next command of the partition is carried out, if there is one. */
    boolean applyCommand(int partition) {
        int next = (int) engine.appliedCommandOffset(partition) + 1;
        if (next == commands.get(partition).size()) {
            return false;
        }
        CommandOperation operation =
                new CommandOperation(CommandCodec.decode(commands.get(partition).get(next)));
        get(engine.write(operation, new CommandPosition(partition, next)));
        return true;
    }

    List<byte[]> commands(int partition) {
        return commands.get(partition);
    }

    /** What capture has sent: everything that was committed. */
    List<ChangeRecord> mutations(int partition) {
        try (JournalReader reader = engine.journal().openReader()) {
            reader.seek(captured + 1);
            for (JournalEntry entry = reader.next(); entry != null; entry = reader.next()) {
                for (JournalMutation mutation : entry.mutations()) {
                    if (!mutation.catalog()) {
                        int to = PartitionHash.partition(mutation.partitionHash(), PARTITIONS);
                        mutations.get(to).add(ChangeRecordCodec.decode(mutation.changeRecord()));
                    }
                }
                captured = entry.sequence();
            }
        }
        return mutations.get(partition);
    }

    /** The process ends, by itself or by a kill, and another one goes on. */
    void restart(boolean killed) {
        Path before = root.resolve("life-" + lives);
        Path after = root.resolve("life-" + ++lives);
        if (!killed) {
            engine.close();
        }
        copy(before, after);
        if (killed) {
            engine.close();
        }
        engine = open(after);
    }

    /** What is at the keys. */
    Map<String, String> content(String table, List<Item> keys) {
        Map<String, String> content = new TreeMap<>();
        write(context -> {
            TableDefinition definition = context.table(table).orElseThrow();
            for (Item key : keys) {
                StoredItem stored = context.item(definition, key);
                ItemVersion version = context.version(definition, key, stored);
                content.put(key.toString(), (stored == null ? "nothing" : stored.item()) + " of " + version);
            }
            return new Plan<>(List.of(), true);
        });
        return content;
    }

    @Override
    public void close() {
        engine.close();
    }

    private TableEngine open(Path directory) {
        EngineConfig config = EngineConfig.of(directory, name)
                .withDurability(Durability.PROCESS)
                .withJournal(JournalConfig.DEFAULT.withBlockSizeBytes(BLOCK_BYTES))
                .withFlushInterval(Duration.ofDays(1));
        return TableEngine.open(config, new EngineDependencies(clock, new SimpleMeterRegistry(), UUID::randomUUID));
    }

    private static <R> R get(CompletableFuture<R> future) {
        try {
            return future.get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
