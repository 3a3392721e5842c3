package io.tailrace.benchmarks.bulk;

import io.tailrace.benchmarks.stream.TopicReader;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.WakeupException;

/** A plain consumer that counts what comes into a topic from now on. */
final class CountingConsumer implements AutoCloseable {
    private final TopicReader reader;
    private final AtomicLong count = new AtomicLong();
    private final Thread thread = new Thread(this::run, "counting consumer");
    private volatile boolean closing;

    /** Owns the reader from now on. */
    CountingConsumer(TopicReader reader) {
        this.reader = reader;
        reader.toEnd();
        thread.start();
    }

    long count() {
        return count.get();
    }

    private void run() {
        try {
            while (!closing) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll()) {
                    count.addAndGet(record.value() == null ? 0 : 1);
                }
            }
        } catch (WakeupException closed) {
            return;
        }
    }

    @Override
    public void close() {
        closing = true;
        reader.stop();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        reader.close();
    }
}
