package io.tailrace.processors.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.processors.ProcessorConfig;
import io.tailrace.processors.ProcessorMeter;
import io.tailrace.processors.ProcessorState;
import io.tailrace.processors.ProcessorStatus;
import io.tailrace.processors.ttl.TtlConfig;
import io.tailrace.processors.ttl.TtlProcessor;
import io.tailrace.schemas.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A processor that nothing needs does nothing; once it was needed it runs after each start. */
class IdleBrokerIT {
    private static final String REGION = "eu-central-1";

    @TempDir
    Path directory;

    private final MeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void waitsUntilItIsNeededOnce() throws Exception {
        try (TestBroker broker = new TestBroker(directory.resolve("kafka"))) {
            broker.createTopic(Topics.mutations(REGION), 1);
            broker.createTopic(Topics.commands(REGION), 1);
            try (TtlProcessor ttl = processor(broker)) {
                ttl.startWhenNeeded();
                ProcessorStatus atOnce = ttl.status();
                assertThat(atOnce.state()).isEqualTo(ProcessorState.IDLE);
                assertThat(atOnce.detail()).hasValue("no table needs it yet");
                CompletableFuture<Void> paused = ttl.pause();
                paused.get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
                ttl.resume();
                Await.until("it is idle again", () -> ttl.state() == ProcessorState.IDLE);
                assertThat(Files.exists(directory.resolve("state")))
                        .as("stores")
                        .isFalse();
                assertThat(meters.get(ProcessorMeter.RUNNING.meterName())
                                .gauge()
                                .value())
                        .isEqualTo(1);

                ttl.need();
                Await.until("it runs", () -> ttl.state() == ProcessorState.RUNNING);
                assertThat(ttl.status().detail()).isEmpty();
                assertThat(ttl.status().restarts()).isZero();
            }
            try (TtlProcessor ttl = processor(broker)) {
                ttl.startWhenNeeded();
                Await.until("it runs at once", () -> ttl.state() == ProcessorState.RUNNING);
            }
        }
    }

    @Test
    void isClosedWhileItIsIdle() throws Exception {
        try (TestBroker broker = new TestBroker(directory.resolve("kafka"))) {
            TtlProcessor ttl = processor(broker);
            ttl.startWhenNeeded();
            Await.until("it is idle", () -> ttl.state() == ProcessorState.IDLE);

            ttl.close();

            assertThat(ttl.state()).isEqualTo(ProcessorState.CLOSED);
        }
    }

    private TtlProcessor processor(TestBroker broker) {
        ProcessorConfig config = new ProcessorConfig(
                broker.bootstrapServers(), REGION, directory.resolve("state"), 1, null, 1, 0, Map.of());
        return new TtlProcessor(config, TtlConfig.DEFAULT, broker.noOtherInstances(), meters);
    }
}
