package io.tailrace.engine.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/** The bytes of an entry, format version 1 (docs/journal-format.md). All integers are big endian. */
final class EntryCodec {
    /** Begins every entry, so that entries are found behind damage: "TRJ1". */
    static final int MAGIC = 0x54524A31;

    static final int LENGTH_OFFSET = 4;
    /** Nothing shorter is an entry. */
    static final int MIN_ENTRY_BYTES = 40;

    private static final byte VERSION = 1;
    private static final int HEADER_BYTES = 36;
    private static final int COMMAND_BYTES = 12;
    private static final int MUTATION_HEADER_BYTES = 13;
    private static final int CHECKSUM_BYTES = 4;
    private static final int DURABLE_SEQUENCE_OFFSET = 28;
    private static final int FLAG_COMMAND = 1;
    private static final int FLAG_TOKEN = 2;
    private static final int KNOWN_FLAGS = FLAG_COMMAND | FLAG_TOKEN;
    private static final byte ITEM = 1;
    private static final byte CATALOG = 2;
    private static final int MAX_MUTATIONS = 0xFFFF;

    /** Bytes that are no entry: why, in words that follow a colon. */
    static final class MalformedEntryException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedEntryException(String message) {
            super(message);
        }

        MalformedEntryException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private EntryCodec() {}

    /** How long the entry is in bytes; more than an array can hold is possible. */
    static long encodedLength(JournalEntry entry) {
        long length = (long) HEADER_BYTES + (entry.commandPosition() == null ? 0 : COMMAND_BYTES) + CHECKSUM_BYTES;
        if (entry.requestToken() != null) {
            length += 1 + tokenBytes(entry.requestToken()).length + RequestToken.FINGERPRINT_BYTES;
        }
        for (JournalMutation mutation : entry.mutations()) {
            length += MUTATION_HEADER_BYTES
                    + mutation.stateKey().length
                    + mutation.changeRecord().remaining();
        }
        return length;
    }

    /**
     * @param durableSequence the last entry that is known to be on the disk; what follows it may be torn by a loss of power,
     *     but neither it nor what precedes it
     */
    static byte[] encode(JournalEntry entry, long durableSequence) {
        if (entry.mutations().size() > MAX_MUTATIONS) {
            throw new IllegalArgumentException(entry.mutations().size() + " mutations in one commit");
        }
        byte[] bytes = new byte[Math.toIntExact(encodedLength(entry))];
        CommandPosition command = entry.commandPosition();
        RequestToken token = entry.requestToken();
        ByteBuffer out = ByteBuffer.wrap(bytes);
        out.putInt(MAGIC);
        out.putInt(bytes.length);
        out.put(VERSION);
        out.put((byte) ((command == null ? 0 : FLAG_COMMAND) | (token == null ? 0 : FLAG_TOKEN)));
        out.putShort((short) entry.mutations().size());
        out.putLong(entry.sequence());
        out.putLong(ChronoUnit.MICROS.between(Instant.EPOCH, entry.commitTime()));
        out.putLong(durableSequence);
        if (command != null) {
            out.putInt(command.topicPartition());
            out.putLong(command.offset());
        }
        if (token != null) {
            byte[] tokenBytes = tokenBytes(token);
            out.put((byte) tokenBytes.length);
            out.put(tokenBytes);
            out.put(HexFormat.of().parseHex(token.fingerprint()));
        }
        for (JournalMutation mutation : entry.mutations()) {
            ByteBuffer record = mutation.changeRecord();
            out.put(mutation.catalog() ? CATALOG : ITEM);
            out.putInt(mutation.stateKey().length);
            out.putInt(mutation.partitionKeyLength());
            out.putInt(record.remaining());
            out.put(mutation.stateKey());
            out.put(record);
        }
        out.putInt(checksum(bytes, bytes.length - CHECKSUM_BYTES));
        return bytes;
    }

    /** Checks everything; the entry's buffers are parts of {@code bytes}. */
    static JournalEntry decode(byte[] bytes) throws MalformedEntryException {
        verify(bytes);
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, bytes.length - CHECKSUM_BYTES);
        in.position(LENGTH_OFFSET + Integer.BYTES);
        byte version = in.get();
        if (version != VERSION) {
            throw new MalformedEntryException("format version " + version + ", this release reads " + VERSION);
        }
        try {
            int flags = in.get();
            if ((flags & ~KNOWN_FLAGS) != 0) {
                throw new MalformedEntryException(
                        "flags " + Integer.toBinaryString(flags & 0xFF) + ", of which this release does not know all");
            }
            int mutationCount = Short.toUnsignedInt(in.getShort());
            long sequence = in.getLong();
            Instant commitTime = Instant.EPOCH.plus(in.getLong(), ChronoUnit.MICROS);
            in.position(HEADER_BYTES);
            CommandPosition command =
                    (flags & FLAG_COMMAND) == 0 ? null : new CommandPosition(in.getInt(), in.getLong());
            RequestToken token = (flags & FLAG_TOKEN) == 0 ? null : token(in);
            List<JournalMutation> mutations = new ArrayList<>(mutationCount);
            for (int i = 0; i < mutationCount; i++) {
                mutations.add(mutation(in));
            }
            if (in.hasRemaining()) {
                throw new MalformedEntryException(in.remaining() + " bytes behind the last mutation");
            }
            return new JournalEntry(sequence, commitTime, mutations, command, token);
        } catch (RuntimeException e) {
            // Only a writer's mistake gets here: the checksum is right.
            throw new MalformedEntryException("an entry that contradicts itself: " + e.getMessage(), e);
        }
    }

    /** Whether these bytes are an undamaged entry of any version. */
    static void verify(byte[] bytes) throws MalformedEntryException {
        if (bytes.length < MIN_ENTRY_BYTES) {
            throw new MalformedEntryException("only " + bytes.length + " bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (in.getInt(0) != MAGIC) {
            throw new MalformedEntryException("it does not begin like an entry");
        }
        if (in.getInt(LENGTH_OFFSET) != bytes.length) {
            throw new MalformedEntryException("it is " + bytes.length + " bytes long and says "
                    + Integer.toUnsignedString(in.getInt(LENGTH_OFFSET)));
        }
        int expected = in.getInt(bytes.length - CHECKSUM_BYTES);
        int actual = checksum(bytes, bytes.length - CHECKSUM_BYTES);
        if (expected != actual) {
            throw new MalformedEntryException("its checksum is " + Integer.toHexString(actual) + " and should be "
                    + Integer.toHexString(expected));
        }
    }

    /** The sequence number in an entry that was verified. */
    static long sequence(byte[] verified) {
        return ByteBuffer.wrap(verified).getLong(DURABLE_SEQUENCE_OFFSET - 2 * Long.BYTES);
    }

    /** The last durable sequence number when the entry, which was verified, was written. */
    static long durableSequence(byte[] verified) {
        return ByteBuffer.wrap(verified).getLong(DURABLE_SEQUENCE_OFFSET);
    }

    private static byte[] tokenBytes(RequestToken token) {
        return token.token().getBytes(StandardCharsets.UTF_8);
    }

    private static RequestToken token(ByteBuffer in) {
        byte[] token = new byte[Byte.toUnsignedInt(in.get())];
        in.get(token);
        byte[] fingerprint = new byte[RequestToken.FINGERPRINT_BYTES];
        in.get(fingerprint);
        return new RequestToken(
                new String(token, StandardCharsets.UTF_8), HexFormat.of().formatHex(fingerprint));
    }

    private static JournalMutation mutation(ByteBuffer in) throws MalformedEntryException {
        byte kind = in.get();
        if (kind != ITEM && kind != CATALOG) {
            throw new MalformedEntryException("a mutation of unknown kind " + kind);
        }
        byte[] stateKey = new byte[in.getInt()];
        int partitionKeyLength = in.getInt();
        int recordLength = in.getInt();
        in.get(stateKey);
        ByteBuffer record = in.slice(in.position(), recordLength);
        in.position(in.position() + recordLength);
        return new JournalMutation(kind == CATALOG, stateKey, partitionKeyLength, record);
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
