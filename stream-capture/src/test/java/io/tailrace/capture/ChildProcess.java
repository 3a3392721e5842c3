package io.tailrace.capture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM with this one's class path, to be killed. */
final class ChildProcess {
    private static final String READY = "READY ";

    private final Process process;
    private final String readyText;

    private ChildProcess(Process process, String readyText) {
        this.process = process;
        this.readyText = readyText;
    }

    /** Called by the child when the parent need not wait any more. */
    static void sayReady(String text) {
        System.out.println(READY + text);
    }

    /** Starts {@code main} and returns when it has said that it is ready. */
    static ChildProcess start(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // The journal's library needs packages of the JDK opened, here as there.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-")
                        || argument.startsWith("-Dchronicle")
                        || argument.startsWith("-Djava.io.tmpdir"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
            BufferedReader output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(READY)) {
                    printRest(output);
                    return new ChildProcess(process, line.substring(READY.length()));
                }
                System.out.println("child: " + line);
            }
            throw new IllegalStateException("the child ended before it was ready");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A child whose output nobody reads stands still in the end. */
    private static void printRest(BufferedReader output) {
        Thread printer = new Thread(() -> {
            try {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    System.out.println("child: " + line);
                }
            } catch (IOException killed) {
                System.out.println("child: gone");
            }
        });
        printer.setDaemon(true);
        printer.start();
    }

    /** What the child said when it was ready. */
    String readyText() {
        return readyText;
    }

    /** kill -9. */
    void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the child does not die");
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
    }
}
