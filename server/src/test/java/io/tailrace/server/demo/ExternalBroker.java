package io.tailrace.server.demo;

import io.tailrace.capture.EmbeddedBroker;
import io.tailrace.capture.EmbeddedBrokerConfig;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A broker in a process of its own: directory, port. Says when it is up. */
public final class ExternalBroker {
    private static final Logger LOG = LoggerFactory.getLogger(ExternalBroker.class);

    private ExternalBroker() {}

    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedBroker broker =
                EmbeddedBroker.start(new EmbeddedBrokerConfig(Path.of(arguments[0]), Integer.parseInt(arguments[1])));
        LOG.info("up at {}", broker.bootstrapServers());
        new CountDownLatch(1).await();
    }
}
