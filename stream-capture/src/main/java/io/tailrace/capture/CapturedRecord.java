package io.tailrace.capture;

import io.tailrace.schemas.topic.SequenceNumbers;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** A record for Kafka and the mutation that it stands for. */
record CapturedRecord(SequenceNumbers.Position position, ProducerRecord<byte[], byte[]> record) {
    TopicPartition partition() {
        return new TopicPartition(record.topic(), record.partition());
    }

    /** Whether it has no value: it follows the record of the same mutation, which removed the item. */
    boolean isTombstone() {
        return record.value() == null;
    }

    int sizeBytes() {
        return record.key().length + (record.value() == null ? 0 : record.value().length);
    }
}
