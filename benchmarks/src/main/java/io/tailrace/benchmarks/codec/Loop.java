package io.tailrace.benchmarks.codec;

import io.tailrace.benchmarks.core.CpuClock;
import io.tailrace.benchmarks.core.Meter;
import io.tailrace.benchmarks.core.Sample;

/** Calls something short many times in this thread. */
final class Loop {
    /** What results had in them, so that no compiler finds the work to be of no use. */
    private long seen;

    /** One operation. */
    @FunctionalInterface
    interface Work {
        /**
         * @param number from 0 on
         * @return something that depends on all that was done
         */
        long run(int number) throws Exception;
    }

    Sample measure(int times, Work work) throws Exception {
        Meter meter = Meter.start(CpuClock.ofThisProcess());
        for (int number = 0; number < times; number++) {
            seen += work.run(number);
        }
        return meter.sample(times);
    }

    /** @throws IllegalStateException when nothing ever came of it */
    void requireSeen() {
        if (seen == 0) {
            throw new IllegalStateException("nothing was done");
        }
    }
}
