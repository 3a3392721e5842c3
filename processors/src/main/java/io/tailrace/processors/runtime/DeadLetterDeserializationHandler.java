package io.tailrace.processors.runtime;

import io.tailrace.schemas.serde.SchemaRegistryException;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/**
 * A record that cannot be decoded becomes a dead letter; when it is the schema registry that fails, the client stops and
 * starts again from the last commit. Made by Kafka Streams.
 */
public final class DeadLetterDeserializationHandler implements DeserializationExceptionHandler {
    private DeadLetters deadLetters;

    @Override
    public void configure(Map<String, ?> settings) {
        deadLetters = DeadLetters.in(settings);
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        if (exception instanceof SchemaRegistryException) {
            return Response.fail();
        }
        return Response.resume(deadLetters.of(context, record.key(), record.value(), exception));
    }
}
