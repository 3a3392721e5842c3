package io.tailrace.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An external broker that is killed and comes back during the work fails no write, and nothing is lost or doubled. */
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class DemoBrokerCrashIT {
    private static final int ACTIVITIES = 25_000;
    private static final int WRITTEN_BEFORE = 5_000;
    private static final int WRITTEN_WITHOUT_KAFKA = 5_000;

    @TempDir
    Path folder;

    @Test
    void writesGoOnWithoutKafkaAndEverythingArrivesAfterwards() throws IOException, InterruptedException {
        Path log = AccessLogs.write(folder.resolve("access.log"), ACTIVITIES);
        Path report = folder.resolve("report.json");
        String port = Integer.toString(freePort());
        try (DemoProcess broker = startBroker(port);
                DemoProcess demo = DemoProcess.demo(
                        folder.resolve("data"),
                        "--input",
                        log.toString(),
                        "--exit",
                        "--report",
                        report.toString(),
                        "--patience",
                        "300",
                        "--bootstrap-servers",
                        "127.0.0.1:" + port)) {
            demo.awaitWritten(WRITTEN_BEFORE);
            broker.kill();
            demo.awaitWritten(Math.min(ACTIVITIES, demo.written() + WRITTEN_WITHOUT_KAFKA));
            try (DemoProcess again = startBroker(port)) {
                assertThat(demo.awaitExit())
                        .as("%s%nthe broker said:%n%s", demo.output(), again.output())
                        .isZero();
            }
        }
        AccessLogs.count(log).assertAgreesWith(AccessLogs.report(report));
    }

    private DemoProcess startBroker(String port) throws IOException {
        DemoProcess broker =
                DemoProcess.main(ExternalBroker.class, folder.resolve("kafka").toString(), port);
        broker.awaitLine(line -> line.contains("up at"));
        return broker;
    }

    /** The same port is needed twice, so any free one will not do; a moment later somebody else could have it. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
