package io.tailrace.processors.runtime;

import io.tailrace.processors.ProcessorConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;

/** A TopologyTestDriver with our settings, in a directory of its own. */
public final class TestDriver implements AutoCloseable {
    public static final String REGION = "eu-central-1";
    public static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private final Path directory;
    private final RocksDbMemory memory = new RocksDbMemory(16L << 20);
    private final DeadLetters deadLetters;
    private final TopologyTestDriver driver;

    public TestDriver(
            Topology topology, Map<String, Object> settings, ProcessorConfig config, DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
        this.directory = config.stateDir();
        Properties properties = new Properties();
        properties.putAll(StreamsSettings.complete(settings, config, deadLetters, memory));
        driver = new TopologyTestDriver(topology, properties, START);
    }

    /** A configuration with a state directory of its own, which {@link #close} deletes. */
    public static ProcessorConfig config() {
        try {
            return new ProcessorConfig(
                    "nowhere:9092", REGION, Files.createTempDirectory("tailrace-processors"), 1, null, 1, 0, Map.of());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public <V> TestInputTopic<byte[], V> input(String topic, Serializer<V> serializer) {
        return driver.createInputTopic(topic, new ByteArraySerializer(), serializer);
    }

    public <V> TestOutputTopic<byte[], V> output(String topic, Deserializer<V> deserializer) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), deserializer);
    }

    public TestOutputTopic<byte[], byte[]> deadLetters() {
        return output(deadLetters.topic(), new ByteArrayDeserializer());
    }

    public long deadLetterCount() {
        return deadLetters.count();
    }

    public RangeReader reader(String storeName) {
        KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore(storeName);
        return new DriverRangeReader(store);
    }

    public long entries(String storeName) {
        long count = 0;
        try (var all = driver.getKeyValueStore(storeName).all()) {
            while (all.hasNext()) {
                all.next();
                count++;
            }
        }
        return count;
    }

    public void advance(Duration wallClock) {
        driver.advanceWallClockTime(wallClock);
    }

    @Override
    public void close() {
        driver.close();
        memory.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
