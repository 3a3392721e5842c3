package io.tailrace.benchmarks.api;

import io.tailrace.benchmarks.api.Peers.Peer;
import io.tailrace.benchmarks.process.ChildProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** dynalite, an implementation of the API in JavaScript with a store in memory, which npm fetches. */
final class Dynalite {
    private static final String VERSION = "4.0.0";
    private static final long INSTALL_MINUTES = 5;

    private Dynalite() {}

    /** Whether npm is there. */
    static boolean isPossible() {
        try {
            Process version = new ProcessBuilder("npm", "--version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return version.waitFor() == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** @throws IOException when it cannot be fetched or started, with what npm or dynalite said */
    static Peer start(Path workDir) throws IOException, InterruptedException {
        Path directory = Files.createDirectory(workDir.resolve("dynalite"));
        install(directory);
        int port = ChildProcess.freePort();
        ChildProcess process = ChildProcess.start(
                "dynalite",
                List.of(
                        "node",
                        directory
                                .resolve("node_modules")
                                .resolve("dynalite")
                                .resolve("cli.js")
                                .toString(),
                        "--port",
                        Integer.toString(port),
                        "--createTableMs",
                        "0"),
                workDir.resolve("dynalite.log"),
                line -> line.contains("istening") ? line : null);
        Peers.awaitListening(port);
        return new Peer(process, port);
    }

    private static void install(Path directory) throws IOException, InterruptedException {
        Path log = directory.resolve("npm.log");
        Process npm = new ProcessBuilder(
                        "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "dynalite@" + VERSION)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = npm.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            npm.destroyForcibly();
        }
        if (!ended || npm.exitValue() != 0) {
            throw new IOException("npm install dynalite failed: " + Files.readString(log, StandardCharsets.UTF_8));
        }
    }
}
