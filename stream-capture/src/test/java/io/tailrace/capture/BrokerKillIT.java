package io.tailrace.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.capture.CaptureStatus.State;
import io.tailrace.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Proves that killing an external broker in the middle of capture, again and again, loses and doubles nothing. */
@Timeout(400)
class BrokerKillIT {
    private static final TopicSettings TOPICS =
            TopicSettings.DEFAULT.withPartitions(2).withStreamPartitions(2);
    private static final CaptureConfig.Flow FLOW = new CaptureConfig.Flow(
            1_000, 1 << 20, Duration.ofMillis(50), Duration.ofMillis(500), Duration.ofMillis(200));
    private static final String REGION = "kill";

    @TempDir
    private Path dir;

    @Test
    void losesAndDoublesNothing() throws Exception {
        int port = BrokerProcess.freePort();
        Path brokerDir = dir.resolve("broker");
        MemoryJournal journal = new MemoryJournal();
        Workload workload = new Workload(REGION, journal, 11);
        CaptureConfig config = CaptureConfig.of("127.0.0.1:" + port, REGION, dir.resolve("checkpoint"))
                .withTopics(TOPICS)
                .withFlow(FLOW);
        Random random = new Random(3);
        try (StreamCapture capture = new StreamCapture(
                new CaptureSource(journal, workload::catalog), config, new SimpleMeterRegistry(), Clock.systemUTC())) {
            capture.start();
            for (int round = 0; round < 3; round++) {
                try (BrokerProcess broker = BrokerProcess.start(brokerDir, port)) {
                    long before = capture.capturedSequence();
                    workload.commit(600);
                    capture.await(before + 100 + random.nextInt(300));
                    workload.commit(200);
                    broker.kill();
                }
                workload.commit(200);
                Await.until("capture notices", () -> capture.status().state() == State.DEGRADED);
                assertThat(capture.status().lagRecords()).isPositive();
                assertThat(capture.status().lagMillis()).isPositive();
            }
            try (BrokerProcess broker = BrokerProcess.start(brokerDir, port)) {
                Await.until(
                        "captured up to " + journal.readableSequence(),
                        () -> capture.capturedSequence() == journal.readableSequence());
                assertThat(capture.status().state()).isEqualTo(State.RUNNING);
                new Oracle(REGION, TOPICS).assertCaptured(broker.bootstrapServers(), journal.all());
                assertThat(KafkaProbe.readAll(broker.bootstrapServers(), Topics.mutations(REGION)))
                        .hasSizeGreaterThan(3_000);
            }
        }
    }
}
