package io.tailrace.benchmarks.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;

/** Callers that each send the next request when the last one was answered, every one a thread. */
public final class Clients {
    private static final int DIGITS = 3;

    /** One request and its answer. */
    @FunctionalInterface
    public interface Request {
        /** @param number how many this caller has sent before, in any round */
        void send(long number) throws Exception;
    }

    /** Makes callers, with what they need of their own, such as a connection. */
    @FunctionalInterface
    public interface Factory {
        Request create(int client) throws Exception;
    }

    private Clients() {}

    /**
     * Runs this many callers for the time.
     *
     * @param unmeasured how long they run before the measurement begins
     */
    public static Sample run(int clients, Duration unmeasured, Duration measured, CpuClock cpu, Factory factory)
            throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            CountDownLatch ready = new CountDownLatch(clients);
            CountDownLatch go = new CountDownLatch(1);
            Span span = new Span();
            List<Future<Histogram>> results = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                Request request = factory.create(client);
                results.add(threads.submit(() -> {
                    ready.countDown();
                    go.await();
                    return span.run(request);
                }));
            }
            ready.await();
            go.countDown();
            return span.measure(unmeasured, measured, cpu, results);
        } finally {
            threads.shutdownNow();
        }
    }

    /** The measured stretch of time: answers that come in it count. It ends late rather than without an answer. */
    private static final class Span {
        private final LongAdder answers = new LongAdder();
        private volatile boolean measuring;
        private volatile boolean over;

        Histogram run(Request request) throws Exception {
            Histogram latencies = new Histogram(DIGITS);
            long before = System.nanoTime();
            for (long number = 0; !over; number++) {
                request.send(number);
                long after = System.nanoTime();
                if (measuring) {
                    latencies.recordValue(after - before);
                    answers.increment();
                }
                before = after;
            }
            return latencies;
        }

        Sample measure(Duration unmeasured, Duration measured, CpuClock cpu, List<Future<Histogram>> results)
                throws InterruptedException, ExecutionException {
            Waiting.until(System.nanoTime() + unmeasured.toNanos());
            Meter meter = Meter.start(cpu);
            measuring = true;
            long end = System.nanoTime() + measured.toNanos();
            do {
                Waiting.until(end);
                end += measured.toNanos();
            } while (answers.sum() == 0 && results.stream().noneMatch(Future::isDone));
            measuring = false;
            over = true;
            Sample stretch = meter.sample(1);
            Histogram all = new Histogram(DIGITS);
            for (Future<Histogram> result : results) {
                all.add(result.get());
            }
            return new Sample(all.getTotalCount(), stretch.wallNanos(), stretch.cpuNanos(), all);
        }
    }
}
