package io.tailrace.engine.catalog;

import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.stream.StreamOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * How long streams and their shards last, and what is kept of items that are gone.
 *
 * @param options of streams whose tables' tags say nothing else. A closed shard is known for the retention after its end, and a
 *     stream after it was disabled or its table deleted
 * @param shardLifetime how long shards are open before their children take their place; zero for as long as the stream
 * @param deletedVersions how long at least the version of an item of a global table is kept after the item was deleted:
 *     writes of other regions that come later than that may bring the item back
 */
public record StreamTimes(StreamOptions options, Duration shardLifetime, Duration deletedVersions) {
    /** At least as long as mutations wait for processors. */
    public static final Duration DEFAULT_DELETED_VERSIONS = Duration.ofDays(7);

    /** With DynamoDB's retention, and shards that are only closed on request. */
    public static final StreamTimes DEFAULT = new StreamTimes(StreamOptions.DEFAULT, Duration.ZERO);

    public StreamTimes {
        Objects.requireNonNull(options);
        if (shardLifetime.isNegative()) {
            throw new IllegalArgumentException("a lifetime of shards of " + shardLifetime);
        }
        if (deletedVersions.isNegative()) {
            throw new IllegalArgumentException("deleted versions that are kept for " + deletedVersions);
        }
    }

    /** With what is kept of deleted items at its default. */
    public StreamTimes(StreamOptions options, Duration shardLifetime) {
        this(options, shardLifetime, DEFAULT_DELETED_VERSIONS);
    }

    /** What ended before this time is not to be known any more. */
    public Instant oldest(TableStream stream, Instant now) {
        return now.minus(retention(stream.table()));
    }

    private Duration retention(TableDefinition table) {
        return options.with(table.tags()).retention();
    }
}
