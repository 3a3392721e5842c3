package io.tailrace.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.engine.EngineDependencies;
import io.tailrace.engine.TableEngine;
import io.tailrace.engine.TestEngines;
import io.tailrace.engine.catalog.TableStream;
import io.tailrace.engine.journal.MutableClock;
import io.tailrace.engine.writer.WriteOperation;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every stream of the tables of one name has a label, and so an ARN, of its own, although the clock stands still. */
class StreamLabelTest {
    private static final String CREATE = "{'TableName': 'Orders', 'BillingMode': 'PAY_PER_REQUEST',"
            + "'AttributeDefinitions': [{'AttributeName': 'p', 'AttributeType': 'S'}],"
            + "'KeySchema': [{'AttributeName': 'p', 'KeyType': 'HASH'}],"
            + "'StreamSpecification': {'StreamEnabled': true, 'StreamViewType': 'KEYS_ONLY'}}";

    @TempDir
    Path directory;

    private final MutableClock clock = new MutableClock(Instant.parse("2026-05-17T10:05:03.998900Z"));

    @Test
    void streamsOfOneMillisecondHaveLabelsOfTheNextOnes() throws Exception {
        try (TableEngine engine = open()) {
            for (WriteOperation<?> write : List.of(create(), disable(), enable(), delete(), create())) {
                engine.write(write).get(60, TimeUnit.SECONDS);
            }
            assertThat(labels(engine)).containsExactly("03.998", "03.999", "04.000");
        }
        try (TableEngine engine = open()) {
            List<CompletableFuture<?>> atOnce = new ArrayList<>(); // several are planned in one batch
            for (WriteOperation<?> write :
                    List.of(disable(), enable(), delete(), create(), disable(), enable(), delete(), create())) {
                atOnce.add(engine.write(write));
            }
            CompletableFuture.allOf(atOnce.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
            assertThat(labels(engine))
                    .containsExactly("03.998", "03.999", "04.000", "04.001", "04.002", "04.003", "04.004");
            assertThat(new Api(engine)
                            .describeTable("{'TableName': 'Orders'}")
                            .table()
                            .latestStreamLabel())
                    .endsWith("04.004");
        }
    }

    @Test
    void aTableOfAnotherNameMayHaveTheSameLabel() {
        try (TableEngine engine = open()) {
            Api api = new Api(engine);
            api.createTable(CREATE);
            api.createTable(CREATE.replace("Orders", "Others"));
            assertThat(labels(engine)).containsExactly("03.998", "03.998");
        }
    }

    private TableEngine open() {
        return TableEngine.open(
                TestEngines.config(directory),
                new EngineDependencies(clock, new SimpleMeterRegistry(), UUID::randomUUID));
    }

    private static List<String> labels(TableEngine engine) {
        return engine.streams().all().stream()
                .map(TableStream::label)
                .sorted()
                .map(label -> label.replace("2026-05-17T10:05:", ""))
                .toList();
    }

    private static WriteOperation<?> create() {
        return new CreateTableOperation(Requests.request(CreateTableRequest.class, CREATE));
    }

    private static WriteOperation<?> delete() {
        return new DeleteTableOperation(Requests.request(DeleteTableRequest.class, "{'TableName': 'Orders'}"));
    }

    private static WriteOperation<?> enable() {
        return update("{'StreamEnabled': true, 'StreamViewType': 'KEYS_ONLY'}");
    }

    private static WriteOperation<?> disable() {
        return update("{'StreamEnabled': false}");
    }

    private static WriteOperation<?> update(String stream) {
        return new UpdateTableOperation(Requests.request(
                UpdateTableRequest.class, "{'TableName': 'Orders', 'StreamSpecification': " + stream + "}"));
    }
}
