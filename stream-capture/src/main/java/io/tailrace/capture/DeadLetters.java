package io.tailrace.capture;

import io.tailrace.schemas.topic.RecordHeaders;
import io.tailrace.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts records that cannot be processed aside, as they are, with their origin and the error in headers. */
final class DeadLetters implements AutoCloseable {
    private final String topic;
    private final String failedIn;
    private final KafkaProducer<byte[], byte[]> producer;

    DeadLetters(CaptureConfig config, String failedIn) {
        this.topic = Topics.deadLetters(config.region());
        this.failedIn = failedIn;
        Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) KafkaCalls.TIMEOUT.toMillis());
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 96 * 1024 * 1024);
        properties.putAll(config.connection());
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Returns when Kafka has the record. A record may be put aside twice, never not at all. */
    void send(ConsumerRecord<byte[], byte[]> record, Exception error) {
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(topic, null, record.key(), record.value(), record.headers());
        Headers headers = letter.headers();
        headers.add(RecordHeaders.SOURCE_TOPIC, RecordHeaders.ofText(record.topic()));
        headers.add(RecordHeaders.SOURCE_PARTITION, RecordHeaders.ofInt(record.partition()));
        headers.add(RecordHeaders.SOURCE_OFFSET, RecordHeaders.ofLong(record.offset()));
        headers.add(RecordHeaders.FAILED_IN, RecordHeaders.ofText(failedIn));
        headers.add(
                RecordHeaders.ERROR_CLASS, RecordHeaders.ofText(error.getClass().getName()));
        headers.add(RecordHeaders.ERROR_MESSAGE, RecordHeaders.ofText(String.valueOf(error.getMessage())));
        try {
            producer.send(letter).get(KafkaCalls.TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            throw new KafkaException(
                    "cannot put offset " + record.offset() + " of " + record.topic() + " aside", failure);
        } catch (InterruptedException interrupt) {
            throw new InterruptException(interrupt);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
