package io.tailrace.engine.journal;

import java.time.Duration;
import java.util.Objects;

/**
 * Settings of the journal.
 *
 * @param rollInterval a new file is begun when the current one is this old
 * @param rollSizeBytes a new file is begun when the current one is this large
 * @param retention a file is kept at least this long after its last entry
 * @param blockSizeBytes what is mapped at a time, and by how much a file grows (the rest is sparse); an entry has at most a
 *     quarter of it
 * @param verifyBytes so much of the newest files is checked at start; what recovery needs is checked in any case
 * @param maxSizeBytes all files together; beyond it nothing is appended until files could be removed
 */
public record JournalConfig(
        Duration rollInterval,
        long rollSizeBytes,
        Duration retention,
        int blockSizeBytes,
        long verifyBytes,
        long maxSizeBytes) {
    /** Blocks for entries of 128 MB: a transaction of 100 items, each with an old and a new image of 400 KB, needs 80. */
    public static final JournalConfig DEFAULT =
            new JournalConfig(Duration.ofHours(1), 256L << 20, Duration.ofHours(1), 512 << 20, 1L << 30, 32L << 30);

    private static final int MIN_BLOCK_SIZE_BYTES = 1 << 20;
    private static final long MAX_FILE_BYTES = 64L << 30;

    public JournalConfig {
        Objects.requireNonNull(rollInterval);
        Objects.requireNonNull(retention);
        if (rollInterval.isNegative() || rollInterval.isZero() || retention.isNegative()) {
            throw new IllegalArgumentException("roll interval " + rollInterval + ", retention " + retention);
        }
        if (blockSizeBytes < MIN_BLOCK_SIZE_BYTES
                || rollSizeBytes < 1
                || rollSizeBytes > MAX_FILE_BYTES
                || verifyBytes < 0
                || maxSizeBytes < 1) {
            throw new IllegalArgumentException("block size " + blockSizeBytes + ", roll size " + rollSizeBytes
                    + ", bytes to verify " + verifyBytes + ", largest size " + maxSizeBytes);
        }
    }

    public JournalConfig withRollInterval(Duration interval) {
        return new JournalConfig(interval, rollSizeBytes, retention, blockSizeBytes, verifyBytes, maxSizeBytes);
    }

    public JournalConfig withRollSizeBytes(long bytes) {
        return new JournalConfig(rollInterval, bytes, retention, blockSizeBytes, verifyBytes, maxSizeBytes);
    }

    public JournalConfig withRetention(Duration duration) {
        return new JournalConfig(rollInterval, rollSizeBytes, duration, blockSizeBytes, verifyBytes, maxSizeBytes);
    }

    public JournalConfig withBlockSizeBytes(int bytes) {
        return new JournalConfig(rollInterval, rollSizeBytes, retention, bytes, verifyBytes, maxSizeBytes);
    }

    public JournalConfig withMaxSizeBytes(long bytes) {
        return new JournalConfig(rollInterval, rollSizeBytes, retention, blockSizeBytes, verifyBytes, bytes);
    }
}
