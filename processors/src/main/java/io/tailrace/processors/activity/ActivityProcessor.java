package io.tailrace.processors.activity;

import io.micrometer.core.instrument.MeterRegistry;
import io.tailrace.processors.ProcessorConfig;
import io.tailrace.processors.ProcessorState;
import io.tailrace.processors.ProcessorStatus;
import io.tailrace.processors.instances.Instances;
import io.tailrace.processors.runtime.Application;
import io.tailrace.processors.runtime.IgnoredRecords;
import io.tailrace.processors.runtime.ProcessorRuntime;
import io.tailrace.processors.runtime.StoreRangeReader;
import io.tailrace.processors.runtime.StreamsSettings;
import io.tailrace.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;

/** The activity processor: analytics of a table's stream. Waits for the stream's topic if the table does not exist yet. */
public final class ActivityProcessor implements AutoCloseable {
    private static final long STORE_MEMORY_BYTES = 64L << 20;
    private static final Duration MAX_QUERY_WAIT = Duration.ofSeconds(2);

    private final ProcessorRuntime runtime;
    private final ActivityQueries queries;

    public ActivityProcessor(
            ProcessorConfig config, ActivityConfig activity, Instances instances, MeterRegistry meters) {
        this(config, activity, instances, meters, MAX_QUERY_WAIT);
    }

    /** @param maxQueryWait how long a query waits while partitions are assigned or restored */
    public ActivityProcessor(
            ProcessorConfig config,
            ActivityConfig activity,
            Instances instances,
            MeterRegistry meters,
            Duration maxQueryWait) {
        ActivityTopology.Shared shared = new ActivityTopology.Shared();
        String streamTopic = activity.topic(config.region());
        runtime = new ProcessorRuntime(
                new Application(
                        ActivityTopology.NAME,
                        config,
                        List.of(streamTopic, Topics.commands(config.region())),
                        Topics.deadLetters(config.region()),
                        ActivityTopology.settings(config),
                        () -> ActivityTopology.build(config, activity, shared),
                        instances,
                        STORE_MEMORY_BYTES),
                meters);
        IgnoredRecords.register(meters, ActivityTopology.NAME, config.region(), "duplicate", shared.duplicates());
        String group = config.applicationId(ActivityTopology.NAME);
        String deltas = StreamsSettings.repartitionTopic(group, ActivityTopology.RESULT_DELTAS);
        queries = new ActivityQueries(
                new StoreRangeReader(
                        runtime::client,
                        ActivityTopology.RESULTS,
                        shared.results(),
                        instances,
                        group,
                        deltas,
                        maxQueryWait),
                config.partitions(),
                new StoreRangeReader(
                        runtime::client,
                        ActivityTopology.USER_SESSIONS,
                        shared.users(),
                        instances,
                        group,
                        streamTopic,
                        maxQueryWait),
                () -> runtime.partitionsOf(streamTopic));
    }

    /** Returns at once; the processor starts as soon as Kafka and its topics are there. */
    public void start() {
        runtime.start();
    }

    public ActivityQueries queries() {
        return queries;
    }

    public ProcessorState state() {
        return runtime.state();
    }

    public ProcessorStatus status() {
        return runtime.status();
    }

    @Override
    public void close() {
        runtime.close();
    }
}
