package io.tailrace.benchmarks.footprint;

import io.tailrace.benchmarks.process.BrokerMain;
import io.tailrace.benchmarks.process.ChildProcess;
import io.tailrace.benchmarks.process.DynamoDbLocal;
import io.tailrace.benchmarks.process.EchoMain;
import io.tailrace.server.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The servers that are compared, each as its users start it. */
final class Candidates {
    private static final String LOG = "server.log";
    private static final String GOT =
            "{\"Item\":{\"pk\":{\"S\":\"partition-10000\"},\"sk\":{\"S\":\"new-0\"},\"text\":{\"S\":\"" + "x".repeat(74)
                    + "\"}}}";

    private Candidates() {}

    /**
     * Tailrace with its defaults, through its launcher where the checkout has been built, else as these classes.
     *
     * @param externalKafka whether Kafka runs in a process of its own, instead of in Tailrace's
     */
    static Candidate tailrace(Path home, boolean externalKafka) {
        return new Tailrace(home, externalKafka);
    }

    private record Tailrace(Path home, boolean externalKafka) implements Candidate {
        @Override
        public Life start(Path directory) throws IOException, InterruptedException {
            int port = ChildProcess.freePort();
            Path data = directory.resolve("data");
            List<String> arguments = new ArrayList<>(List.of("start", "--data", data.toString(), "--admin-port", "0"));
            arguments.addAll(List.of("--port", Integer.toString(port)));
            List<AutoCloseable> companions = new ArrayList<>();
            if (externalKafka) {
                ChildProcess broker = BrokerMain.start(directory);
                companions.add(broker);
                arguments.addAll(List.of("--bootstrap-servers", broker.readyText()));
            } else {
                arguments.addAll(List.of("--kafka-port", "0"));
            }
            // RocksDB's library is unpacked there, and stays behind when the process is killed.
            Map<String, String> environment = Map.of("TAILRACE_JAVA_OPTS", "-Djava.io.tmpdir=" + directory);
            return Life.begin(
                    new Life.Command(
                            "Tailrace",
                            words(arguments),
                            environment,
                            port,
                            Optional.of(data),
                            List.copyOf(companions)),
                    directory.resolve(LOG));
        }

        private List<String> words(List<String> arguments) {
            if (files().isEmpty()) {
                return ChildProcess.command(Main.class, List.of(), arguments);
            }
            List<String> words =
                    new ArrayList<>(List.of(home.resolve("tailrace").toString()));
            words.addAll(arguments);
            return words;
        }

        @Override
        public Optional<Path[]> files() {
            Path target = home.resolve("server").resolve("target");
            Path jar = target.resolve("tailrace.jar");
            return Files.exists(jar) ? Optional.of(new Path[] {jar, target.resolve("lib")}) : Optional.empty();
        }
    }

    /** DynamoDB Local, in memory or with a database file. */
    static Candidate dynamoDbLocal(Path home, boolean onDisk) {
        return new Local(home, onDisk);
    }

    private record Local(Path home, boolean onDisk) implements Candidate {
        @Override
        public Life start(Path directory) throws IOException, InterruptedException {
            int port = ChildProcess.freePort();
            Path data = Files.createDirectory(directory.resolve("data"));
            List<String> words = onDisk ? DynamoDbLocal.onDisk(home, port, data) : DynamoDbLocal.inMemory(home, port);
            Optional<Path> written = onDisk ? Optional.of(data) : Optional.empty();
            return Life.begin(
                    new Life.Command("DynamoDB Local", words, Map.of(), port, written, List.of()),
                    directory.resolve(LOG));
        }

        @Override
        public Optional<Path[]> files() {
            return Optional.of(new Path[] {DynamoDbLocal.libraries(home)});
        }
    }

    /** The server's HTTP library alone, which answers without having a table: what no server in Java can go below. */
    static Candidate echo() {
        return new Echo();
    }

    private record Echo() implements Candidate {
        @Override
        public Life start(Path directory) throws IOException, InterruptedException {
            int port = ChildProcess.freePort();
            Path replies = Files.createDirectory(directory.resolve("replies"));
            for (String operation : List.of("CreateTable", "PutItem", "GetItem")) {
                Files.writeString(
                        replies.resolve(operation), operation.equals("GetItem") ? GOT : "{}", StandardCharsets.UTF_8);
            }
            List<String> words = ChildProcess.command(
                    EchoMain.class, List.of(), List.of(replies.toString(), Integer.toString(port)));
            return Life.begin(
                    new Life.Command("echo", words, Map.of(), port, Optional.empty(), List.of()),
                    directory.resolve(LOG));
        }

        @Override
        public Optional<Path[]> files() {
            return Optional.empty();
        }
    }
}
