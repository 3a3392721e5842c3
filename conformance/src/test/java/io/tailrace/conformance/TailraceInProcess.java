package io.tailrace.conformance;

import io.tailrace.server.runtime.TailraceServer;
import io.tailrace.server.settings.ServerConfig;
import io.tailrace.server.settings.Setting;
import io.tailrace.server.settings.SettingsLoader;
import io.tailrace.server.settings.TableSettings;
import io.tailrace.server.settings.TailraceSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A whole Tailrace in this process, Kafka included, on free ports. */
final class TailraceInProcess implements AutoCloseable {
    private static final String ARN_PREFIX = "arn:aws:dynamodb:us-east-1:000000000000:table/";

    private final TailraceServer server;
    private final Endpoint endpoint;

    private TailraceInProcess(TailraceServer server) {
        this.server = server;
        this.endpoint = new Endpoint(server.port(), ARN_PREFIX);
    }

    static TailraceInProcess start(Path dataDir) {
        Map<Setting<?>, String> settings = new LinkedHashMap<>();
        settings.put(TailraceSettings.DATA_DIR, dataDir.toString());
        settings.put(TailraceSettings.PORT, "0");
        settings.put(TailraceSettings.ADMIN_PORT, "0");
        settings.put(TailraceSettings.KAFKA_PORT, "0");
        settings.put(TailraceSettings.DURABILITY, "process");
        // DynamoDB Local has no such interval.
        settings.put(TableSettings.TIME_TO_LIVE_CHANGE_INTERVAL, "0s");
        return new TailraceInProcess(
                TailraceServer.start(ServerConfig.from(SettingsLoader.load(settings, null, Map.of()))));
    }

    Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        server.close();
    }
}
