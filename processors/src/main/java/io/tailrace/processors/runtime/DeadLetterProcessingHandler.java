package io.tailrace.processors.runtime;

import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A record that its processor calls poison becomes a dead letter; any other exception stops the client, which starts again
 * from the last commit: skipping a record because of our own error would lose it silently. Made by Kafka Streams.
 */
public final class DeadLetterProcessingHandler implements ProcessingExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterProcessingHandler.class);

    private DeadLetters deadLetters;

    @Override
    public void configure(Map<String, ?> settings) {
        deadLetters = DeadLetters.in(settings);
    }

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        if (exception instanceof PoisonRecordException) {
            LOG.warn(
                    "Record {} of {}-{} goes to {}: {}",
                    context.offset(),
                    context.topic(),
                    context.partition(),
                    deadLetters.topic(),
                    exception.getMessage());
            return Response.resume(
                    deadLetters.of(context, context.sourceRawKey(), context.sourceRawValue(), exception));
        }
        return Response.fail();
    }
}
