package io.tailrace.processors.ttl;

/**
 * How fast expired items go.
 *
 * @param deletesPerSecond of all partitions together, at most
 */
public record TtlConfig(int deletesPerSecond) {
    public static final TtlConfig DEFAULT = new TtlConfig(2_000);

    public TtlConfig {
        if (deletesPerSecond < 1) {
            throw new IllegalArgumentException("deletesPerSecond must be at least 1, not " + deletesPerSecond);
        }
    }
}
