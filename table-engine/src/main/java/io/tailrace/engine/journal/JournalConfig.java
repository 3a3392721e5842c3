package io.tailrace.engine.journal;

import java.time.Duration;
import java.util.Objects;

/**
 * Settings of the journal.
 *
 * @param rollInterval a new file is begun when the current one is this old
 * @param rollSizeBytes a new file is begun when the current one is this large
 * @param retention a file is kept at least this long after its last entry
 * @param blockSizeBytes what is mapped at a time; files grow by this much
 * @param maxEntryBytes a commit that needs more is refused
 */
public record JournalConfig(
        Duration rollInterval, long rollSizeBytes, Duration retention, int blockSizeBytes, int maxEntryBytes) {
    public static final JournalConfig DEFAULT =
            new JournalConfig(Duration.ofHours(1), 256L << 20, Duration.ofHours(1), 4 << 20, 96 << 20);

    public JournalConfig {
        Objects.requireNonNull(rollInterval);
        Objects.requireNonNull(retention);
        if (rollInterval.isNegative() || rollInterval.isZero() || retention.isNegative()) {
            throw new IllegalArgumentException("roll interval " + rollInterval + ", retention " + retention);
        }
        if (blockSizeBytes < 64 << 10 || rollSizeBytes < blockSizeBytes || maxEntryBytes < 1 << 10) {
            throw new IllegalArgumentException("block size " + blockSizeBytes + ", roll size " + rollSizeBytes
                    + ", largest entry " + maxEntryBytes);
        }
    }

    public JournalConfig withRollInterval(Duration interval) {
        return new JournalConfig(interval, rollSizeBytes, retention, blockSizeBytes, maxEntryBytes);
    }

    public JournalConfig withRollSizeBytes(long bytes) {
        return new JournalConfig(rollInterval, bytes, retention, blockSizeBytes, maxEntryBytes);
    }

    public JournalConfig withRetention(Duration duration) {
        return new JournalConfig(rollInterval, rollSizeBytes, duration, blockSizeBytes, maxEntryBytes);
    }

    public JournalConfig withBlockSizeBytes(int bytes) {
        return new JournalConfig(rollInterval, rollSizeBytes, retention, bytes, maxEntryBytes);
    }
}
