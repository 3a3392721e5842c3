package io.tailrace.capture;

import io.tailrace.schemas.topic.RecordHeaders;
import io.tailrace.schemas.topic.SequenceNumbers;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Which mutation a record of capture stands for, by its headers. */
public final class RecordPosition {
    private RecordPosition() {}

    /** Null when it is not a record of capture. */
    public static SequenceNumbers.Position of(ConsumerRecord<?, ?> record) {
        Header sequence = record.headers().lastHeader(RecordHeaders.SEQUENCE);
        Header index = record.headers().lastHeader(RecordHeaders.MUTATION_INDEX);
        if (sequence == null
                || index == null
                || sequence.value().length != Long.BYTES
                || index.value().length != Integer.BYTES) {
            return null;
        }
        return new SequenceNumbers.Position(
                RecordHeaders.longValue(sequence.value()), RecordHeaders.intValue(index.value()));
    }
}
