package io.tailrace.benchmarks.stream;

import io.tailrace.capture.RecordPosition;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.WakeupException;

/** Waits at the end of a topic for numbered records, and knows how long each was on its way. */
final class Deliveries {
    private static final int DIGITS = 3;

    private final TopicReader reader;
    private final long baseSequence;
    private final AtomicLongArray sentNanos;
    private final AtomicLongArray deliveredNanos;
    private final CountDownLatch missing;
    private final CountDownLatch notSent;

    /** @param baseSequence the sequence number before that of the first record */
    Deliveries(TopicReader reader, long baseSequence, int count) {
        this.reader = reader;
        this.baseSequence = baseSequence;
        this.sentNanos = new AtomicLongArray(count);
        this.deliveredNanos = new AtomicLongArray(count);
        this.missing = new CountDownLatch(count);
        this.notSent = new CountDownLatch(count);
    }

    void start() {
        Thread thread = new Thread(this::run, "deliveries");
        thread.setDaemon(true);
        thread.start();
    }

    /** From now on the record counts as on its way. */
    void sent(int number) {
        sentNanos.set(number, System.nanoTime());
        notSent.countDown();
    }

    private void run() {
        try {
            while (missing.getCount() > 0) {
                Iterable<ConsumerRecord<byte[], byte[]>> records = reader.poll();
                long now = System.nanoTime();
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    long number = RecordPosition.of(record).sequence() - baseSequence - 1;
                    if (number >= 0 && number < deliveredNanos.length()) {
                        deliveredNanos.set((int) number, now);
                        missing.countDown();
                    }
                }
            }
        } catch (WakeupException stopped) {
            return;
        }
    }

    boolean awaitAll(long seconds) throws InterruptedException {
        boolean all = missing.await(seconds, TimeUnit.SECONDS) && notSent.await(seconds, TimeUnit.SECONDS);
        if (!all) {
            reader.stop();
        }
        return all;
    }

    /** A record that came before its write was acknowledged took no time. */
    Histogram latencies() {
        Histogram latencies = new Histogram(DIGITS);
        for (int number = 0; number < sentNanos.length(); number++) {
            latencies.recordValue(Math.max(1, deliveredNanos.get(number) - sentNanos.get(number)));
        }
        return latencies;
    }
}
