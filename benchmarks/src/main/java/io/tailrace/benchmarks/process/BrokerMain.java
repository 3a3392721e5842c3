package io.tailrace.benchmarks.process;

import io.tailrace.capture.EmbeddedBroker;
import io.tailrace.capture.EmbeddedBrokerConfig;
import io.tailrace.server.cli.Logging;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Tailrace's embedded broker alone in a process: its arguments are the directory. */
public final class BrokerMain {
    private BrokerMain() {}

    /** Serves until its parent ends. */
    public static void main(String[] arguments) throws IOException {
        Logging.quiet(false);
        try (EmbeddedBroker broker = EmbeddedBroker.start(new EmbeddedBrokerConfig(Path.of(arguments[0]), 0))) {
            Child.serve(broker.bootstrapServers());
        }
        System.exit(0);
    }

    /** Starts one; its {@link ChildProcess#readyText} is where clients connect. */
    public static ChildProcess start(Path workDir) throws IOException, InterruptedException {
        return ChildProcess.start(
                BrokerMain.class,
                List.of("-Xmx1g"),
                List.of(workDir.resolve("broker").toString()),
                workDir.resolve("broker.log"),
                Child.readyText());
    }
}
