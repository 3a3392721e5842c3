package io.tailrace.benchmarks.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The pages of a process and its descendants that are in memory, as Linux tells it (proc(5)). */
public final class ResidentMemory {
    private static final Path PROCESSES = Path.of("/proc");
    private static final String RESIDENT = "VmRSS:";
    private static final String PEAK = "VmHWM:";
    private static final long KIB = 1024;

    private ResidentMemory() {}

    /** Whether this system tells it. */
    public static boolean isTold() {
        return Files.isReadable(PROCESSES.resolve("self").resolve("status"));
    }

    static long now(ProcessHandle process) throws IOException {
        return sum(process, RESIDENT);
    }

    /** The sum of what each has held at most since its start, which need not have been at the same time. */
    static long most(ProcessHandle process) throws IOException {
        return sum(process, PEAK);
    }

    private static long sum(ProcessHandle process, String line) throws IOException {
        long bytes = 0;
        for (ProcessHandle each :
                Stream.concat(Stream.of(process), process.descendants()).toList()) {
            bytes += ofOne(each.pid(), line);
        }
        return bytes;
    }

    private static long ofOne(long pid, String wanted) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(PROCESSES.resolve(Long.toString(pid)).resolve("status"), StandardCharsets.UTF_8);
        } catch (NoSuchFileException ended) {
            return 0;
        }
        return lines.stream()
                .filter(line -> line.startsWith(wanted))
                .map(line -> line.substring(wanted.length()).strip())
                .mapToLong(text -> Long.parseLong(text.substring(0, text.indexOf(' '))) * KIB)
                .findFirst()
                .orElse(0); // of a process that has ended and was not waited for
    }
}
