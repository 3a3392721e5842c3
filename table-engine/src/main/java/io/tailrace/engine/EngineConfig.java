package io.tailrace.engine;

import io.tailrace.engine.catalog.StreamTimes;
import io.tailrace.engine.index.BackfillLimits;
import io.tailrace.engine.journal.JournalConfig;
import io.tailrace.engine.writer.PlanSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * Settings of one engine.
 *
 * @param dataDir belongs to this engine alone
 * @param region the engine's region, for example {@code us-east-1}
 * @param queueCapacity writes that may wait; further ones are refused with a retryable error
 * @param maxBatchWrites writes that share one fsync, at most
 * @param flushInterval how often the state is flushed to its files, so that journal files become removable
 * @param plans what operations depend on
 * @param backfill how fast indexes that were added to tables learn of the items
 * @param streams how long streams and their shards last
 */
public record EngineConfig(
        Path dataDir,
        String region,
        Durability durability,
        int queueCapacity,
        int maxBatchWrites,
        JournalConfig journal,
        Duration flushInterval,
        PlanSettings plans,
        BackfillLimits backfill,
        StreamTimes streams) {
    public EngineConfig {
        Objects.requireNonNull(dataDir);
        Objects.requireNonNull(region);
        Objects.requireNonNull(durability);
        Objects.requireNonNull(journal);
        Objects.requireNonNull(flushInterval);
        Objects.requireNonNull(plans);
        Objects.requireNonNull(backfill);
        Objects.requireNonNull(streams);
        if (queueCapacity < 1 || maxBatchWrites < 1) {
            throw new IllegalArgumentException("queue capacity " + queueCapacity + ", batch " + maxBatchWrites);
        }
        if (flushInterval.isNegative() || flushInterval.isZero()) {
            throw new IllegalArgumentException("flush interval " + flushInterval);
        }
    }

    /** Everything but the place at its default. */
    public static EngineConfig of(Path dataDir, String region) {
        return new EngineConfig(
                dataDir,
                region,
                Durability.DISK,
                10_000,
                512,
                JournalConfig.DEFAULT,
                Duration.ofSeconds(60),
                PlanSettings.DEFAULT,
                BackfillLimits.DEFAULT,
                StreamTimes.DEFAULT);
    }

    /** The same for another engine. */
    public EngineConfig at(Path directory, String otherRegion) {
        return new EngineConfig(
                directory,
                otherRegion,
                durability,
                queueCapacity,
                maxBatchWrites,
                journal,
                flushInterval,
                plans,
                backfill,
                streams);
    }

    public EngineConfig withDurability(Durability newDurability) {
        return new EngineConfig(
                dataDir,
                region,
                newDurability,
                queueCapacity,
                maxBatchWrites,
                journal,
                flushInterval,
                plans,
                backfill,
                streams);
    }

    public EngineConfig withQueueCapacity(int capacity) {
        return new EngineConfig(
                dataDir,
                region,
                durability,
                capacity,
                maxBatchWrites,
                journal,
                flushInterval,
                plans,
                backfill,
                streams);
    }

    public EngineConfig withMaxBatchWrites(int writes) {
        return new EngineConfig(
                dataDir, region, durability, queueCapacity, writes, journal, flushInterval, plans, backfill, streams);
    }

    public EngineConfig withJournal(JournalConfig newJournal) {
        return new EngineConfig(
                dataDir,
                region,
                durability,
                queueCapacity,
                maxBatchWrites,
                newJournal,
                flushInterval,
                plans,
                backfill,
                streams);
    }

    public EngineConfig withFlushInterval(Duration interval) {
        return new EngineConfig(
                dataDir,
                region,
                durability,
                queueCapacity,
                maxBatchWrites,
                journal,
                interval,
                plans,
                backfill,
                streams);
    }

    public EngineConfig withPlans(PlanSettings newPlans) {
        return new EngineConfig(
                dataDir,
                region,
                durability,
                queueCapacity,
                maxBatchWrites,
                journal,
                flushInterval,
                newPlans,
                backfill,
                streams);
    }

    public EngineConfig withBackfill(BackfillLimits limits) {
        return new EngineConfig(
                dataDir,
                region,
                durability,
                queueCapacity,
                maxBatchWrites,
                journal,
                flushInterval,
                plans,
                limits,
                streams);
    }

    public EngineConfig withStreams(StreamTimes times) {
        return new EngineConfig(
                dataDir,
                region,
                durability,
                queueCapacity,
                maxBatchWrites,
                journal,
                flushInterval,
                plans,
                backfill,
                times);
    }
}
