package io.tailrace.engine.state;

import io.tailrace.engine.catalog.StreamBoundary;
import io.tailrace.engine.catalog.TableStream;
import io.tailrace.schemas.codec.TableDefinitionCodec;
import io.tailrace.schemas.topic.SequenceNumbers;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * How the state keeps a stream: layout version (1), whether it has ended (1), number of generations (4), a boundary each,
 * the end's boundary when it has one, and the table's definition in Avro. A boundary is sequence number (8), mutation index
 * (4), commit time in micros (8).
 */
final class StreamEntryCodec {
    private static final byte VERSION = 1;
    private static final int BOUNDARY_BYTES = Long.BYTES + Integer.BYTES + Long.BYTES;

    private StreamEntryCodec() {}

    static byte[] key(TableStream stream) {
        return MetaKeys.stream(stream.table().id(), stream.start().position().sequence());
    }

    static byte[] encode(TableStream stream) {
        byte[] table = TableDefinitionCodec.encode(stream.table());
        int boundaries = stream.generations().size() + (stream.enabled() ? 0 : 1);
        ByteBuffer out = ByteBuffer.allocate(2 + Integer.BYTES + boundaries * BOUNDARY_BYTES + table.length);
        out.put(VERSION).put((byte) (stream.enabled() ? 0 : 1));
        out.putInt(stream.generations().size());
        stream.generations().forEach(boundary -> write(boundary, out));
        if (!stream.enabled()) {
            write(stream.end(), out);
        }
        return out.put(table).array();
    }

    static TableStream decode(byte[] encoded) {
        ByteBuffer in = ByteBuffer.wrap(encoded);
        byte version = in.get();
        if (version != VERSION) {
            throw new IllegalArgumentException("a stream's entry of layout " + version);
        }
        boolean ended = in.get() == 1;
        int count = in.getInt();
        List<StreamBoundary> generations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            generations.add(read(in));
        }
        StreamBoundary end = ended ? read(in) : null;
        return new TableStream(TableDefinitionCodec.decode(in.slice()), generations, end);
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
