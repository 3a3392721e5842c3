package io.tailrace.server.demo.input;

import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;

/** The activities of an access log: a file, gzipped or not, or standard input. */
public final class AccessLogSource implements ActivitySource {
    private static final int GZIP_MAGIC_0 = 0x1f;
    private static final int GZIP_MAGIC_1 = 0x8b;
    private static final int BUFFER_SIZE = 64 * 1024;

    private final String description;
    private final OptionalLong totalBytes;
    private final CountingInputStream counter;
    private final BufferedReader lines;
    private long linesRead;
    private long malformedLines;

    private AccessLogSource(String description, OptionalLong totalBytes, InputStream raw) throws IOException {
        this.description = description;
        this.totalBytes = totalBytes;
        this.counter = new CountingInputStream(raw);
        // Latin-1 in doubt would hide broken bytes; UTF-8 with replacement keeps every line readable.
        this.lines = new BufferedReader(new InputStreamReader(gunzipped(counter), StandardCharsets.UTF_8), BUFFER_SIZE);
    }

    /** Opens a file, whose content decides whether it is gzipped. */
    public static AccessLogSource ofFile(Path file) throws IOException {
        return new AccessLogSource(file.toString(), OptionalLong.of(Files.size(file)), Files.newInputStream(file));
    }

    /** Reads a stream of unknown length, such as standard input. */
    public static AccessLogSource ofStream(InputStream stream, String description) throws IOException {
        return new AccessLogSource(description, OptionalLong.empty(), stream);
    }

    @Override
    public Activity next() throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            linesRead++;
            Optional<Activity> activity = AccessLogParser.parse(line, linesRead);
            if (activity.isPresent()) {
                return activity.get();
            }
            malformedLines++;
        }
        return null;
    }

    @Override
    public long linesRead() {
        return linesRead;
    }

    @Override
    public long malformedLines() {
        return malformedLines;
    }

    @Override
    public Progress progress() {
        return new Progress(counter.count, totalBytes, "bytes");
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private static InputStream gunzipped(InputStream in) throws IOException {
        PushbackInputStream pushback = new PushbackInputStream(in, 2);
        byte[] magic = pushback.readNBytes(2);
        pushback.unread(magic);
        boolean gzip = magic.length == 2
                && Byte.toUnsignedInt(magic[0]) == GZIP_MAGIC_0
                && Byte.toUnsignedInt(magic[1]) == GZIP_MAGIC_1;
        return gzip ? new GZIPInputStream(pushback, BUFFER_SIZE) : pushback;
    }

    /** Counts the bytes as they are in the file, before they are unpacked. */
    private static final class CountingInputStream extends FilterInputStream {
        private long count;

        CountingInputStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            if (read >= 0) {
                count++;
            }
            return read;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            if (read > 0) {
                count += read;
            }
            return read;
        }
    }
}
