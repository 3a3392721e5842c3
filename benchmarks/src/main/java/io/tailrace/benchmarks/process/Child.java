package io.tailrace.benchmarks.process;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Function;

/** What a child process says to its parent, and how it notices that its parent is gone. */
public final class Child {
    private static final String READY = "ready ";

    private Child() {}

    /** To be passed to {@link ChildProcess#start} for children that {@link #serve}. */
    public static Function<String, String> readyText() {
        return line -> line.startsWith(READY) ? line.substring(READY.length()) : null;
    }

    /** Says that this process is ready, and returns when its parent has ended. */
    @SuppressWarnings("SystemOut") // the parent reads it
    static void serve(String text) throws IOException {
        System.out.println(READY + text);
        System.out.flush();
        System.in.transferTo(OutputStream.nullOutputStream());
    }
}
