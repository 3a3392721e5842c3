package io.tailrace.benchmarks.process;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.server.cli.Logging;
import io.tailrace.server.http.HttpServer;
import io.tailrace.server.http.Refusal;
import io.tailrace.server.http.ServerHandler;
import io.tailrace.server.http.ServerReply;
import io.tailrace.server.http.ServerRequest;
import io.tailrace.server.protocol.ApiHandler;
import io.tailrace.server.settings.ServerConfig;
import io.tailrace.server.settings.Setting;
import io.tailrace.server.settings.SettingsLoader;
import io.tailrace.server.settings.TailraceSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * The server's HTTP library and nothing behind it: answers each operation with bytes that were prepared, on the
 * thread on which the server does. Its arguments are the directory with a file for each operation, and the port, 0 for any.
 */
public final class EchoMain {
    private EchoMain() {}

    /** Serves until its parent ends. */
    public static void main(String[] arguments) throws IOException {
        Logging.quiet(false);
        Path dir = Path.of(arguments[0]);
        Map<Setting<?>, String> settings = new LinkedHashMap<>();
        settings.put(TailraceSettings.DATA_DIR, dir.toString());
        settings.put(TailraceSettings.PORT, arguments[1]);
        ServerConfig config = ServerConfig.from(SettingsLoader.load(settings, null, Map.of()));
        try (HttpServer server = HttpServer.start(
                "echo", config.api(), new Echo(replies(dir)), Clock.systemUTC(), new SimpleMeterRegistry())) {
            Child.serve(Integer.toString(server.port()));
        }
        System.exit(0);
    }

    /** Starts one; its {@link ChildProcess#readyText} is its port. */
    public static ChildProcess start(Path workDir, Path replies) throws IOException, InterruptedException {
        return ChildProcess.start(
                EchoMain.class,
                List.of(),
                List.of(replies.toString(), "0"),
                workDir.resolve("echo.log"),
                Child.readyText());
    }

    private static Map<String, byte[]> replies(Path dir) throws IOException {
        Map<String, byte[]> replies = new HashMap<>();
        try (Stream<Path> files = Files.list(dir)) {
            for (Path file : files.toList()) {
                replies.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return replies;
    }

    /** Headers are as many and as long as those of the server. */
    private record Echo(Map<String, byte[]> replies) implements ServerHandler {
        private static final List<ServerReply.Header> HEADERS = List.of(
                new ServerReply.Header("Content-Type", "application/x-amz-json-1.0"),
                new ServerReply.Header("x-amzn-RequestId", "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ"),
                new ServerReply.Header("x-amz-crc32", "1234567890"));

        @Override
        public boolean isQuick(ServerRequest request) {
            return ApiHandler.isSmall(request);
        }

        @Override
        public CompletionStage<ServerReply> handle(ServerRequest request) {
            String target = request.header("X-Amz-Target");
            byte[] body = replies.get(target.substring(target.indexOf('.') + 1));
            return CompletableFuture.completedFuture(
                    body == null ? error(404, "no such operation") : new ServerReply(200, HEADERS, body));
        }

        @Override
        public ServerReply refused(Refusal refusal) {
            return error(400, refusal.toString());
        }

        @Override
        public ServerReply failed(Throwable failure) {
            return error(500, failure.toString());
        }

        private static ServerReply error(int status, String message) {
            return new ServerReply(status, HEADERS, message.getBytes(StandardCharsets.UTF_8));
        }
    }
}
