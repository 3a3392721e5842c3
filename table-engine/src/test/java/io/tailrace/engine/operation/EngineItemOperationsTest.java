package io.tailrace.engine.operation;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.engine.Durability;
import io.tailrace.engine.EngineConfig;
import io.tailrace.engine.EngineDependencies;
import io.tailrace.engine.TableEngine;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Operations on items hold the contract over the real engine, which is shared: each test has the table anew. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineItemOperationsTest extends ItemOperationsKit {
    private TableEngine engine;

    @BeforeAll
    void open(@TempDir Path directory) {
        engine = TableEngine.open(
                EngineConfig.of(directory, "eu-west-1").withDurability(Durability.PROCESS),
                EngineDependencies.system(new SimpleMeterRegistry()));
    }

    @AfterAll
    void close() {
        engine.close();
    }

    @Override
    OperationExecutor newEngine() {
        Api existing = new Api(engine);
        for (String name : existing.listTables("{}").tableNames()) {
            existing.deleteTable("{'TableName': '" + name + "'}");
        }
        return engine;
    }
}
