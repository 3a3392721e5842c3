package io.tailrace.benchmarks.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Amazon's own stand-in for DynamoDB, which the build fetches. */
public final class DynamoDbLocal {
    /** What it prints first of all. */
    public static final String FIRST_LINE = "Port:";

    private DynamoDbLocal() {}

    /** Where the build puts it: its jar and those that it needs. */
    public static Path libraries(Path home) {
        return home.resolve("conformance")
                .resolve("dynamodb-local")
                .resolve("target")
                .resolve("lib");
    }

    public static boolean isThere(Path home) {
        return Files.isDirectory(libraries(home));
    }

    /** The command that starts it with everything in memory. */
    public static List<String> inMemory(Path home, int port) {
        return command(home, port, "-inMemory");
    }

    /** The command that starts it with a database file in this directory. */
    public static List<String> onDisk(Path home, int port, Path directory) {
        return command(home, port, "-dbPath", directory.toString());
    }

    private static List<String> command(Path home, int port, String... store) {
        Path libraries = libraries(home);
        List<String> command = new ArrayList<>(ChildProcess.javaCommand());
        command.addAll(List.of(
                "-Dsqlite4java.library.path=" + libraries,
                "-cp",
                libraries + File.separator + "*",
                "software.amazon.dynamodb.services.local.main.ServerRunner",
                "-disableTelemetry",
                "-port",
                Integer.toString(port)));
        command.addAll(List.of(store));
        return command;
    }
}
