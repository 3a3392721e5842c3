package io.tailrace.processors.runtime;

import io.tailrace.schemas.topic.RecordHeaders;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/**
 * Makes dead letters of records that cannot be processed: key, value and headers as they came, with the origin and the
 * error in further headers. Kafka Streams sends them as the task's own output, within its transaction if it has one.
 *
 * <p>Kafka Streams makes its handlers itself, so they find this object among the settings.
 */
public final class DeadLetters {
    /** The setting that holds this object. */
    static final String SETTING = "tailrace.dead.letters";

    private final String topic;
    private final String processor;
    private final LongAdder count = new LongAdder();

    /** @param processor who gives up, for the {@link RecordHeaders#FAILED_IN} header */
    public DeadLetters(String topic, String processor) {
        this.topic = Objects.requireNonNull(topic);
        this.processor = Objects.requireNonNull(processor);
    }

    static DeadLetters in(Map<String, ?> settings) {
        return (DeadLetters) Objects.requireNonNull(settings.get(SETTING), SETTING);
    }

    public String topic() {
        return topic;
    }

    /** Dead letters since this object was made; those of an aborted transaction count too. */
    public long count() {
        return count.sum();
    }

    List<ProducerRecord<byte[], byte[]>> of(ErrorHandlerContext context, byte[] key, byte[] value, Exception error) {
        count.increment();
        Long timestamp = context.timestamp() < 0 ? null : context.timestamp();
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(topic, null, timestamp, key, value);
        Headers headers = letter.headers();
        if (context.headers() != null) {
            for (Header header : context.headers()) {
                headers.add(header);
            }
        }
        headers.add(RecordHeaders.SOURCE_TOPIC, RecordHeaders.ofText(context.topic()));
        headers.add(RecordHeaders.SOURCE_PARTITION, RecordHeaders.ofInt(context.partition()));
        headers.add(RecordHeaders.SOURCE_OFFSET, RecordHeaders.ofLong(context.offset()));
        headers.add(RecordHeaders.FAILED_IN, RecordHeaders.ofText(processor + "/" + context.processorNodeId()));
        headers.add(
                RecordHeaders.ERROR_CLASS, RecordHeaders.ofText(error.getClass().getName()));
        headers.add(RecordHeaders.ERROR_MESSAGE, RecordHeaders.ofText(String.valueOf(error.getMessage())));
        return List.of(letter);
    }
}
