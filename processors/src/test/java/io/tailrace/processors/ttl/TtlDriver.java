package io.tailrace.processors.ttl;

import io.tailrace.processors.ProcessorConfig;
import io.tailrace.processors.runtime.DeadLetters;
import io.tailrace.processors.runtime.TestDriver;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.Change.ItemChange;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.Command;
import io.tailrace.schemas.serde.TailraceSerdes;
import io.tailrace.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;

/** The ttl topology in a test driver, beside the tables that it works for. */
final class TtlDriver implements AutoCloseable {
    private static final String MUTATIONS = Topics.mutations(TestDriver.REGION);

    private final TtlTopology.Shared shared = new TtlTopology.Shared();
    private final TailraceSerdes serdes = new TailraceSerdes(null);
    private final ExpiringTables tables = new ExpiringTables(TestDriver.START);
    private final TestDriver driver;
    private final TestInputTopic<byte[], byte[]> mutations;
    private final TestOutputTopic<byte[], Command> commands;

    TtlDriver(int deletesPerSecond) {
        ProcessorConfig config = TestDriver.config();
        driver = new TestDriver(
                TtlTopology.build(config, new TtlConfig(deletesPerSecond), shared),
                TtlTopology.settings(config),
                config,
                new DeadLetters(Topics.deadLetters(TestDriver.REGION), TtlTopology.NAME));
        mutations = driver.input(MUTATIONS, new ByteArraySerializer());
        commands = driver.output(
                Topics.commands(TestDriver.REGION), serdes.command().deserializer());
    }

    ExpiringTables tables() {
        return tables;
    }

    TestDriver driver() {
        return driver;
    }

    TtlStatus status() {
        return shared.status();
    }

    long unknownTables() {
        return shared.unknownTables().sum();
    }

    void pipe(ChangeRecord record) {
        pipeRaw(topicKey(record), serdes.changeRecord().serializer().serialize(MUTATIONS, record));
    }

    void pipeRaw(byte[] key, byte[] value) {
        mutations.pipeInput(key, value);
    }

    /** The key that capture gives a mutation. */
    static byte[] topicKey(ChangeRecord record) {
        if (record.change() instanceof CatalogChange) {
            return StateKeys.idPrefix(record.change().tableId());
        }
        ItemChange change = (ItemChange) record.change();
        return StateKeys.concat(
                StateKeys.idPrefix(change.tableId()), change.keys().toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Lets time pass, tick by tick, and returns the commands of it. */
    List<Command> advance(Duration time) {
        List<Command> all = new ArrayList<>();
        for (Duration left = time; !left.isZero(); left = left.minus(min(left, ExpiryProcessor.TICK))) {
            all.addAll(tick(min(left, ExpiryProcessor.TICK)));
        }
        return all;
    }

    /** Lets time pass, and carries out the commands of each tick before the next. Returns how many did something. */
    int advanceAndApply(Duration time) {
        int applied = 0;
        for (Duration left = time; !left.isZero(); left = left.minus(min(left, ExpiryProcessor.TICK))) {
            for (Command command : tick(min(left, ExpiryProcessor.TICK))) {
                Optional<ChangeRecord> record = tables.apply(command);
                record.ifPresent(this::pipe);
                applied += record.isPresent() ? 1 : 0;
            }
        }
        return applied;
    }

    private List<Command> tick(Duration time) {
        tables.advanceTo(tables.now().plus(time));
        driver.advance(time);
        return commands.readValuesToList();
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    long pending() {
        return driver.entries(TtlTopology.PENDING_EXPIRIES);
    }

    @Override
    public void close() {
        driver.close();
    }
}
