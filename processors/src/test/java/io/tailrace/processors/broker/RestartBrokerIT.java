package io.tailrace.processors.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.processors.ProcessorConfig;
import io.tailrace.processors.ProcessorMeter;
import io.tailrace.processors.ProcessorState;
import io.tailrace.processors.runtime.Application;
import io.tailrace.processors.runtime.ProcessorRuntime;
import io.tailrace.processors.runtime.StreamsSettings;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves that a processor that fails tells so, starts again and skips nothing. */
class RestartBrokerIT {
    private static final String TOPIC = "input";
    private static final int FAILURES = 2;

    @TempDir
    Path directory;

    private final Set<String> processed = Collections.newSetFromMap(new ConcurrentHashMap<>());
    private final AtomicInteger failures = new AtomicInteger();

    @Test
    @SuppressWarnings("try") // closed twice: closing is what is looked at
    void startsAgainAfterAnErrorAndSkipsNothing() throws Exception {
        MeterRegistry meters = new SimpleMeterRegistry();
        try (TestBroker broker = new TestBroker(directory.resolve("kafka"));
                ProcessorRuntime runtime = new ProcessorRuntime(application(broker), meters)) {
            assertThat(runtime.state()).isEqualTo(ProcessorState.CREATED);
            broker.createTopic(TOPIC, 1);
            send(broker);
            runtime.start();
            Await.until("all were processed", () -> processed.equals(Set.of("first", "bad", "last")));
            Await.until("it runs", () -> runtime.state() == ProcessorState.RUNNING);
            assertThat(runtime.status().restarts()).isEqualTo(FAILURES);
            assertThat(runtime.status().detail()).isEmpty();
            assertThat(meters.get(ProcessorMeter.RESTARTS.meterName())
                            .functionCounter()
                            .count())
                    .isEqualTo(FAILURES);
            assertThat(meters.get(ProcessorMeter.RUNNING.meterName()).gauge().value())
                    .isEqualTo(1);
            Await.until("nothing is left", () -> runtime.status().lagRecords().orElse(1) == 0);
            runtime.close();
            assertThat(runtime.state()).isEqualTo(ProcessorState.CLOSED);
        }
    }

    private Application application(TestBroker broker) {
        ProcessorConfig config = new ProcessorConfig(
                broker.bootstrapServers(), "eu-central-1", directory.resolve("state"), 1, null, 1, 0, Map.of());
        return new Application(
                "failing",
                config,
                List.of(TOPIC),
                "dead-letters",
                StreamsSettings.base(config, "failing"),
                this::topology,
                broker.noOtherInstances(),
                8 << 20);
    }

    private Topology topology() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(TOPIC, Consumed.with(Serdes.String(), Serdes.String()).withName("input"))
                .foreach(
                        (key, value) -> {
                            if (value.equals("bad") && failures.getAndIncrement() < FAILURES) {
                                throw new IllegalStateException("not yet");
                            }
                            processed.add(value);
                        },
                        Named.as("fail-twice"));
        return builder.build();
    }

    private static void send(TestBroker broker) {
        Map<String, Object> settings = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
        try (Producer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (String value : List.of("first", "bad", "last")) {
                producer.send(new ProducerRecord<>(TOPIC, value));
            }
        }
    }
}
