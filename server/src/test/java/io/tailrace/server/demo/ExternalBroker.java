package io.tailrace.server.demo;

import io.tailrace.capture.EmbeddedBroker;
import io.tailrace.capture.EmbeddedBrokerConfig;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A broker in a process of its own: directory, port. Says when it is up. */
public final class ExternalBroker {
    private ExternalBroker() {}

    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedBroker broker =
                EmbeddedBroker.start(new EmbeddedBrokerConfig(Path.of(arguments[0]), Integer.parseInt(arguments[1])));
        System.out.println("up at " + broker.bootstrapServers());
        new CountDownLatch(1).await();
    }
}
