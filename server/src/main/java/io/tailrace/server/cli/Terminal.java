package io.tailrace.server.cli;

import java.io.InputStream;

/** What the command was started from. */
public final class Terminal {
    private Terminal() {}

    /** Whether a person sits there: both input and output are a terminal, so that lines can be painted over. */
    @SuppressWarnings("SystemConsoleNull") // Main asks for the console of java.base, which is null without a terminal
    public static boolean isInteractive() {
        return System.console() != null && !"dumb".equals(System.getenv("TERM"));
    }

    public static InputStream standardInput() {
        return System.in;
    }
}
