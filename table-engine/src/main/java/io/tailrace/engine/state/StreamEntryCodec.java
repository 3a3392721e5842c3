package io.tailrace.engine.state;

import io.tailrace.engine.catalog.StreamBoundary;
import io.tailrace.engine.catalog.TableStream;
import io.tailrace.schemas.codec.TableDefinitionCodec;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.topic.SequenceNumbers;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How the state keeps a stream: layout version (1), flags (1), number of generations (4), in layout 2 the number of
 * forgotten generations (4) and the boundaries of the start and of the last of those, a boundary of each generation, the
 * end's boundary when it has one, and the table's definition in Avro. A boundary is sequence number (8), mutation index (4),
 * commit time in micros (8). Layout 1 is for streams of which nothing is forgotten, so that earlier releases can read them.
 */
final class StreamEntryCodec {
    private static final byte COMPLETE = 1;
    private static final byte TRIMMED = 2;
    private static final byte ENDED = 1;
    private static final int BOUNDARY_BYTES = Long.BYTES + Integer.BYTES + Long.BYTES;

    private StreamEntryCodec() {}

    static byte[] key(TableStream stream) {
        return MetaKeys.stream(stream.table().id(), stream.start().position().sequence());
    }

    static byte[] encode(TableStream stream) {
        byte[] table = TableDefinitionCodec.encode(stream.table());
        boolean trimmed = stream.forgotten() > 0;
        int boundaries = stream.generations().size() + (trimmed ? 2 : 0) + (stream.enabled() ? 0 : 1);
        ByteBuffer out = ByteBuffer.allocate(2 + 2 * Integer.BYTES + boundaries * BOUNDARY_BYTES + table.length);
        out.put(trimmed ? TRIMMED : COMPLETE).put(stream.enabled() ? 0 : ENDED);
        out.putInt(stream.generations().size());
        if (trimmed) {
            out.putInt(stream.forgotten());
            write(stream.start(), out);
            write(stream.lastForgotten(), out);
        }
        stream.generations().forEach(boundary -> write(boundary, out));
        if (!stream.enabled()) {
            write(stream.end(), out);
        }
        return Arrays.copyOf(out.put(table).array(), out.position());
    }

    static TableStream decode(byte[] encoded) {
        ByteBuffer in = ByteBuffer.wrap(encoded);
        byte version = in.get();
        if (version != COMPLETE && version != TRIMMED) {
            throw new IllegalArgumentException("a stream's entry of layout " + version);
        }
        boolean ended = in.get() == ENDED;
        int count = in.getInt();
        boolean trimmed = version == TRIMMED;
        int forgotten = trimmed ? in.getInt() : 0;
        StreamBoundary start = trimmed ? read(in) : null;
        StreamBoundary lastForgotten = trimmed ? read(in) : null;
        List<StreamBoundary> generations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            generations.add(read(in));
        }
        StreamBoundary end = ended ? read(in) : null;
        TableDefinition table = TableDefinitionCodec.decode(in.slice());
        return new TableStream(table, trimmed ? start : generations.get(0), forgotten, lastForgotten, generations, end);
    }

    private static void write(StreamBoundary boundary, ByteBuffer out) {
        out.putLong(boundary.position().sequence());
        out.putInt(boundary.position().mutationIndex());
        out.putLong(ChronoUnit.MICROS.between(Instant.EPOCH, boundary.time()));
    }

    private static StreamBoundary read(ByteBuffer in) {
        return new StreamBoundary(
                new SequenceNumbers.Position(in.getLong(), in.getInt()),
                Instant.EPOCH.plus(in.getLong(), ChronoUnit.MICROS));
    }
}
