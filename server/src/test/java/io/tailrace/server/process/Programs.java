package io.tailrace.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Programs that a test needs and a machine may lack. */
final class Programs {
    private static final long LIMIT_SECONDS = 300;

    /** What a program said, and how it ended. */
    record Outcome(int exitCode, String output) {}

    private Programs() {}

    /** Whether the program can be started here. */
    static boolean exists(String program) throws InterruptedException {
        return exists(program, "--version");
    }

    /** As {@link #exists(String)}, where another option asks for the version. */
    static boolean exists(String program, String versionOption) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(program, versionOption)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    static Outcome run(Path directory, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.directory(directory.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as(output).isTrue();
        return new Outcome(process.exitValue(), output);
    }
}
