package io.tailrace.capture;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;

/** Waits for the answers of Kafka's admin client. */
final class KafkaCalls {
    /** How long a call may take before Kafka counts as away. */
    static final Duration TIMEOUT = Duration.ofSeconds(20);

    private KafkaCalls() {}

    /** @throws KafkaException when the call fails, takes too long or is interrupted */
    static <T> T await(KafkaFuture<T> future, String what) {
        try {
            return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof KafkaException kafkaFailure) {
                throw kafkaFailure;
            }
            throw new KafkaException("cannot " + what, failure.getCause());
        } catch (TimeoutException late) {
            throw new org.apache.kafka.common.errors.TimeoutException("timed out: " + what, late);
        } catch (InterruptedException interrupt) {
            throw new InterruptException(interrupt);
        }
    }
}
