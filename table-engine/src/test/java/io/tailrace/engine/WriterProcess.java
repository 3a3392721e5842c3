package io.tailrace.engine;

import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * A process for tests that writes until it is killed, and prints every acknowledgement: {@code ack <writer> <n>} once the
 * writer's counter is n. Its journal rolls and its state is flushed often.
 */
public final class WriterProcess {
    private static final int IN_FLIGHT = 32;
    private static final int WRITERS = 8;

    private WriterProcess() {}

    /** @param args data directory, durability */
    public static void main(String[] args) throws InterruptedException {
        EngineConfig config = TestEngines.config(Path.of(args[0]))
                .withDurability(Durability.valueOf(args[1]))
                .withFlushInterval(Duration.ofMillis(300));
        config = config.withJournal(config.journal().withRollSizeBytes(50_000));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (TableEngine engine = TableEngine.open(config, TestEngines.dependencies())) {
            if (engine.catalog().table("T").isEmpty()) {
                TestEngines.write(engine, TestWrites.createTable("T"));
            }
            out.println("open");
            Semaphore inFlight = new Semaphore(IN_FLIGHT);
            for (long i = 0; ; i++) {
                inFlight.acquire();
                long writer = i % WRITERS;
                Item key = TestTables.key("writer", writer);
                engine.write(TestWrites.increment("T", key)).whenComplete((item, failure) -> {
                    inFlight.release();
                    if (failure == null) {
                        out.println("ack " + writer + " " + ((AttributeValue.N) item.get("count")).value());
                    } else {
                        out.println("failed " + failure);
                    }
                });
            }
        }
    }
}
