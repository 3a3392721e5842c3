package io.tailrace.benchmarks.core;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** The CPU time, user and system, that a process has used since its start. */
@FunctionalInterface
public interface CpuClock {
    long nanos();

    /** Of this process, all threads, those of the JVM included. */
    static CpuClock ofThisProcess() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system::getProcessCpuTime;
    }

    /** Of another process. Linux counts it in hundredths of a second. */
    static CpuClock of(ProcessHandle process) {
        return () -> process.info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElseThrow(() -> new IllegalStateException(
                        "the CPU time of process " + process.pid() + " is not known: has it ended?"));
    }
}
