package io.tailrace.benchmarks.process;

import io.tailrace.benchmarks.core.Profiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Flame graphs of processes on this machine by async-profiler, which the build has fetched: HTML files, and the same stacks as
 * lines of text. Native code is among them, and the kernel's where that lets itself be looked at.
 */
public final class FlameGraphs implements Profiler {
    private static final String INTERVAL = "1ms";

    private final Path directory;
    private final Path library;
    /** Null before the first. */
    private String last;

    private FlameGraphs(Path directory, Path library) {
        this.directory = directory;
        this.library = library;
    }

    /**
     * Writes them into a directory, which is made.
     *
     * @param home the checkout
     * @throws IOException when there is no profiler for this machine
     */
    public static FlameGraphs into(Path directory, Path home) throws IOException {
        Path library = home.resolve("benchmarks/target/async-profiler")
                .resolve(platform())
                .resolve("libasyncProfiler.so");
        if (!Files.exists(library)) {
            throw new IOException("there is no profiler for this machine: " + library + " is not there");
        }
        return new FlameGraphs(Files.createDirectories(directory).toAbsolutePath(), library);
    }

    private static String platform() {
        if (System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac")) {
            return "macos";
        }
        return System.getProperty("os.arch").equals("aarch64") ? "linux-arm64" : "linux-x64";
    }

    @Override
    public void begin(ProcessHandle process, String name) throws IOException, InterruptedException {
        String command = name.equals(last) ? "resume" : "start";
        last = name;
        attach(process, command + ",event=ctimer,threads,interval=" + INTERVAL);
    }

    @Override
    public void end(ProcessHandle process, String name) throws IOException, InterruptedException {
        String file = directory.resolve(name.replaceAll("[^A-Za-z0-9]+", "-")).toString();
        attach(process, "stop,threads,title=" + name.replace(',', ' ') + ",file=" + file + ".html");
        attach(process, "dump,threads,collapsed,file=" + file + ".txt");
    }

    /** From a process of its own: none may attach itself. */
    private void attach(ProcessHandle process, String command) throws IOException, InterruptedException {
        Process attaching = new ProcessBuilder(ChildProcess.command(
                        AttachMain.class,
                        List.of(),
                        List.of(Long.toString(process.pid()), library.toString(), command)))
                .inheritIO()
                .start();
        if (attaching.waitFor() != 0) {
            throw new IOException("the profiler cannot look at process " + process.pid());
        }
    }
}
