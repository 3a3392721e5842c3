package io.tailrace.engine;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.engine.journal.JournalConfig;
import io.tailrace.engine.read.StateCursor;
import io.tailrace.engine.read.StoredItem;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Engines for tests, and what they hold. */
public final class TestEngines {
    public static final String REGION = "test-region-1";
    private static final long TIMEOUT_SECONDS = 90;
    private static final int SMALL_BLOCK_BYTES = 4 << 20;
    private static final byte[] FIRST_KEY = {0};
    private static final byte[] BEHIND_LAST_KEY = {(byte) 0xFF};

    private TestEngines() {}

    /** Small journal blocks, no flush by time. */
    public static EngineConfig config(Path dataDir) {
        return EngineConfig.of(dataDir, REGION)
                .withDurability(Durability.PROCESS)
                .withJournal(JournalConfig.DEFAULT.withBlockSizeBytes(SMALL_BLOCK_BYTES))
                .withFlushInterval(Duration.ofDays(1));
    }

    public static EngineDependencies dependencies() {
        return EngineDependencies.system(new SimpleMeterRegistry());
    }

    public static TableEngine open(Path dataDir) {
        return TableEngine.open(config(dataDir), dependencies());
    }

    /** Waits for the write, and unwraps what it fails with. */
    public static <R> R write(TableEngine engine, WriteOperation<R> operation) {
        try {
            return engine.write(operation).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("the write did not finish", e);
        }
    }

    /** The item, or null. */
    public static Item item(TableEngine engine, String tableName, Item key) {
        return engine.read(context -> {
            StoredItem item = context.item(context.table(tableName).orElseThrow(), key);
            return item == null ? null : item.item();
        });
    }

    /** All that an engine's state holds, in lines, to compare two of them byte for byte. */
    public static List<String> dump(TableEngine engine) {
        List<String> lines = new ArrayList<>(dumpItems(engine));
        itemCollections(engine).forEach((key, size) -> lines.add("collection " + key + " " + size));
        return lines;
    }

    /** The sizes in bytes of the item collections that there are, by table and partition key. */
    public static SortedMap<String, Long> itemCollections(TableEngine engine) {
        List<Map.Entry<TableDefinition, Item>> items = engine.read(context -> {
            List<Map.Entry<TableDefinition, Item>> all = new ArrayList<>();
            for (TableDefinition table : context.tables()) {
                byte[] prefix = StateKeys.idPrefix(table.id());
                try (StateCursor cursor = context.scan(prefix, StateKeys.successor(prefix), true)) {
                    while (!table.localSecondaryIndexes().isEmpty() && cursor.next()) {
                        all.add(Map.entry(table, cursor.item().item()));
                    }
                }
            }
            return all;
        });
        return write(engine, context -> {
            SortedMap<String, Long> sizes = new TreeMap<>();
            for (Map.Entry<TableDefinition, Item> item : items) {
                Object partitionKey = item.getValue()
                        .get(item.getKey().key().partitionKey().get(0).name());
                sizes.put(
                        item.getKey().name() + " " + partitionKey,
                        context.itemCollectionBytes(item.getKey(), item.getValue()));
            }
            return new Plan<>(List.of(), sizes);
        });
    }

    private static List<String> dumpItems(TableEngine engine) {
        return engine.read(context -> {
            List<String> lines = new ArrayList<>();
            lines.add("applied " + engine.appliedSequence());
            lines.add("next id " + engine.catalog().nextId());
            lines.add("command offset " + engine.appliedCommandOffset(0));
            for (TableDefinition table : context.tables()) {
                lines.add(table.toString());
                lines.add(context.statistics(table.id()).toString());
            }
            HexFormat hex = HexFormat.of();
            try (StateCursor all = context.scan(FIRST_KEY, BEHIND_LAST_KEY, true)) {
                while (all.next()) {
                    lines.add(hex.formatHex(all.key()) + " "
                            + hex.formatHex(all.item().encoded()));
                }
            }
            return lines;
        });
    }

    /** The files as another process would find them now. */
    public static void copy(Path from, Path to) {
        try {
            Files.walkFileTree(from, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) throws IOException {
                    Files.createDirectories(to.resolve(from.relativize(dir)));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.copy(file, to.resolve(from.relativize(file)));
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
