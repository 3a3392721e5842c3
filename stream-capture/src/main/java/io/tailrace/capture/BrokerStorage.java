package io.tailrace.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.EligibleLeaderReplicasVersion;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * The embedded broker's log directory. A new one is formatted beside its place and moved there when complete, so that a
 * process that dies while it formats leaves nothing behind that looks like a log directory.
 */
final class BrokerStorage {
    private static final String META_PROPERTIES = "meta.properties";
    /** What a format that did not finish can have left in the directory itself; nothing of value. */
    private static final List<String> REMAINS_OF_FORMAT =
            List.of("bootstrap.checkpoint", "__cluster_metadata-0", "meta.properties.tmp", ".lock");

    /** What Kafka leaves at an orderly end, to say that its files need no check at the next start. */
    private static final String CLEAN_SHUTDOWN = ".kafka_cleanshutdown";

    private static final long MIB = 1 << 20;

    private final Path dataDir;
    private final Path logDir;
    private final Path formatting;

    BrokerStorage(Path dataDir) {
        this.dataDir = dataDir.toAbsolutePath();
        this.logDir = dataDir.resolve("log").toAbsolutePath();
        this.formatting = dataDir.resolve("log.formatting").toAbsolutePath();
    }

    /** The formatted log directory, formatted now when it is new. */
    Path prepare(int nodeId, String controllerListener) {
        try {
            if (!Files.exists(logDir.resolve(META_PROPERTIES))) {
                removeRemains();
                deleteTree(formatting);
                Files.createDirectories(formatting);
                format(nodeId, controllerListener);
                Files.move(formatting, logDir, StandardCopyOption.ATOMIC_MOVE);
            }
            return logDir;
        } catch (IOException failure) {
            throw unusable(failure);
        }
    }

    private EmbeddedBrokerException unusable(IOException failure) {
        return new EmbeddedBrokerException(
                "the embedded broker's directory " + logDir + " cannot be used: " + failure, failure);
    }

    /** A broker that starts on a full disk fails half-way, and slowly. */
    void requireSpace(long bytes) {
        try {
            Files.createDirectories(dataDir);
        } catch (IOException failure) {
            throw unusable(failure);
        }
        long usable = dataDir.toFile().getUsableSpace();
        if (usable < bytes) {
            throw new EmbeddedBrokerException("the disk is full: " + usable / MIB + " MiB are left in " + dataDir
                    + ", and the embedded broker needs " + bytes / MIB + " to start");
        }
    }

    /** Lets the next start check all files: an append that failed may have left a piece of a record behind. */
    void distrust() {
        try {
            Files.deleteIfExists(logDir.resolve(CLEAN_SHUTDOWN));
        } catch (IOException failure) {
            throw unusable(failure);
        }
    }

    private void format(int nodeId, String controllerListener) {
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(nodeId)
                    .setControllerListenerName(controllerListener)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    // Of a single replica there is nobody else to elect: it stays its partition's in-sync replica.
                    .setFeatureLevel(EligibleLeaderReplicasVersion.FEATURE_NAME, (short) 0)
                    .setMetadataLogDirectory(formatting.toString())
                    .addDirectory(formatting.toString())
                    .run();
        } catch (Exception failure) { // what the formatter declares
            throw new EmbeddedBrokerException("the directory " + formatting + " cannot be formatted", failure);
        }
    }

    private void removeRemains() throws IOException {
        if (!Files.exists(logDir)) {
            return;
        }
        try (Stream<Path> entries = Files.list(logDir)) {
            for (Path entry : entries.toList()) {
                if (!REMAINS_OF_FORMAT.contains(entry.getFileName().toString())) {
                    throw new EmbeddedBrokerException(
                            "the directory " + logDir + " has no " + META_PROPERTIES
                                    + " but holds " + entry.getFileName()
                                    + ": it is no log directory of this broker, or lost its identity. Move it away to start anew.");
                }
            }
        }
        deleteTree(logDir);
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                try {
                    Files.delete(path);
                } catch (DirectoryNotEmptyException written) {
                    throw new EmbeddedBrokerException("another process writes to " + path, written);
                }
            }
        }
    }
}
