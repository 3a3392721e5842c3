package io.tailrace.server.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** How much is logged; logback.xml says where and how. */
public final class Logging {
    private Logging() {}

    /** Our own progress and everybody's warnings, or with {@code verbose} what libraries do as well. */
    public static void server(boolean verbose) {
        levels(verbose ? Level.INFO : Level.WARN, verbose ? Level.DEBUG : Level.INFO);
    }

    /** Warnings only, for commands whose output is something else. */
    public static void quiet(boolean verbose) {
        levels(verbose ? Level.INFO : Level.ERROR, verbose ? Level.DEBUG : Level.WARN);
    }

    private static void levels(Level libraries, Level ours) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(libraries);
            context.getLogger("io.tailrace").setLevel(ours);
        }
    }
}
