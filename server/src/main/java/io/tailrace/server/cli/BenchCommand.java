package io.tailrace.server.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Says where {@code tailrace bench} is to be had: the launcher of a checkout runs it, from a jar that is no part of this one. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Measures Tailrace beside references; from a checkout only.",
        footer = {"", "Examples:", "  ./tailrace bench", "  ./tailrace bench --help"})
public final class BenchCommand implements Callable<Integer> {

    public static CommandLine commandLine() {
        return new CommandLine(new BenchCommand()).setUnmatchedArgumentsAllowed(true);
    }

    @Override
    public Integer call() {
        throw new CommandFailedException(
                "the benchmarks are not in this jar: call './tailrace bench' in a checkout", null);
    }
}
