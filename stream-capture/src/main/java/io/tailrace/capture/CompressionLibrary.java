package io.tailrace.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.ByteBufferOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads LZ4's native library, which Kafka's clients and broker compress with. By itself it is unpacked into the directory for
 * temporary files and deleted when the process ends, which one that is killed never does; here it is deleted as soon as it is
 * loaded.
 */
public final class CompressionLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(CompressionLibrary.class);
    /** Linux' list of what a process has mapped. Elsewhere there is none, and nothing is deleted early. */
    private static final Path MAPS = Path.of("/proc/self/maps");

    private static final Pattern UNPACKED = Pattern.compile("(/.*/liblz4-java-[^/]+\\.so)$");

    private CompressionLibrary() {}

    /** Does nothing when it is loaded. */
    public static void load() {
        try {
            ByteBufferOutputStream compressed = new ByteBufferOutputStream(1 << 10);
            try (OutputStream out = Compression.lz4().build().wrapForOutput(compressed, RecordBatch.MAGIC_VALUE_V2)) {
                out.write(0);
            }
            for (Path library : unpacked()) {
                Files.deleteIfExists(library);
                Files.deleteIfExists(Path.of(library + ".lck"));
            }
        } catch (IOException failure) {
            LOG.warn("LZ4's native library stays among the temporary files", failure);
        }
    }

    /** The file of this process, of however many there are. */
    static List<Path> unpacked() throws IOException {
        if (!Files.isReadable(MAPS)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(MAPS)) {
            return lines.map(UNPACKED::matcher)
                    .filter(Matcher::find)
                    .map(found -> Path.of(found.group(1)))
                    .distinct()
                    .toList();
        }
    }
}
