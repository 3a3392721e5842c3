package io.tailrace.server.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Packs and unpacks bodies. */
final class GzipBody {
    private static final int CHUNK_BYTES = 16 * 1024;

    private GzipBody() {}

    /**
     * The unpacked body, on the heap; null when it is larger than {@code maxBytes}, of which no more than that is unpacked.
     *
     * @throws IOException when the body is no gzip stream
     */
    static ByteBuf unpack(ByteBuf packed, int maxBytes) throws IOException {
        ByteArrayOutputStream unpacked = new ByteArrayOutputStream(CHUNK_BYTES);
        byte[] chunk = new byte[CHUNK_BYTES];
        try (GZIPInputStream in = new GZIPInputStream(new ByteBufInputStream(packed), CHUNK_BYTES)) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                if (unpacked.size() + read > maxBytes) {
                    return null;
                }
                unpacked.write(chunk, 0, read);
            }
        }
        return Unpooled.wrappedBuffer(unpacked.toByteArray());
    }

    static byte[] pack(byte[] body, int length) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(length / 2);
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(body, 0, length);
        } catch (IOException impossible) {
            throw new IllegalStateException("writing to memory failed", impossible);
        }
        return packed.toByteArray();
    }
}
