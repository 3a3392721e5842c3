package io.tailrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.step.EngineStep;
import io.tailrace.engine.step.StepListener;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * Wherever the heap is exhausted while a write is done, and when there is not even enough left to log that: every write is
 * answered, nothing that was acknowledged is lost or half done, and writes go on afterwards.
 */
class WantOfMemoryTest {
    private static final Item KEY = TestTables.key("a", 1);
    /** What a write passes, itself or before its turn. */
    private static final Set<EngineStep> STEPS = EnumSet.range(EngineStep.APPEND_BEGINS, EngineStep.FLUSH_ENDS);

    private static final int LINES_UNSAID = 2;

    @TempDir
    Path dir;

    /** Where the next want of memory is; null when there is enough. */
    private final AtomicReference<EngineStep> step = new AtomicReference<>();

    /** How many lines of the log will find no memory. */
    private final AtomicInteger unsaid = new AtomicInteger();

    private final StepListener exhaustion = reached -> {
        if (reached == step.get()) {
            step.set(null);
            unsaid.set(LINES_UNSAID);
            throw new OutOfMemoryError("on purpose, at " + reached);
        }
    };
    private final Logger log = (Logger) LoggerFactory.getLogger("io.tailrace.engine");
    private final NoMemoryForTheLog noMemoryForTheLog = new NoMemoryForTheLog();

    private final class NoMemoryForTheLog extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.WARN) && unsaid.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                throw new OutOfMemoryError("on purpose, in the log");
            }
        }
    }

    @BeforeEach
    void exhaustTheLog() {
        noMemoryForTheLog.start();
        log.addAppender(noMemoryForTheLog);
    }

    @AfterEach
    void relieveTheLog() {
        log.detachAppender(noMemoryForTheLog);
    }

    @ParameterizedTest
    @EnumSource(names = {"PROCESS", "DISK"})
    void writesGoOnAfterwards(Durability durability) {
        long count = 0;
        try (TableEngine engine = open(durability)) {
            TestEngines.write(engine, TestWrites.createTable("T"));
            for (EngineStep where : STEPS) {
                if (durability == Durability.PROCESS && where.name().startsWith("SYNC")) {
                    continue; // it has none
                }
                step.set(where);
                while (step.get() != null) {
                    count = increment(engine, count);
                }
                await(() -> engine.health().writable());
                count = increment(engine, count);
            }
            assertThat(engine.appliedSequence()).isEqualTo(engine.journal().readableSequence());
        }
        try (TableEngine engine = open(durability)) {
            assertThat(TestEngines.item(engine, "T", KEY).get("count")).isEqualTo(AttributeValue.number(count));
        }
    }

    /** What the count is then: one more, or as it was if the answer was that this is not known. */
    private static long increment(TableEngine engine, long before) {
        boolean known = true;
        try {
            TestEngines.write(engine, TestWrites.increment("T", KEY));
        } catch (DynamoException e) {
            assertThat(e.type().retryable()).as(e.getMessage()).isTrue();
            known = false;
            await(() -> engine.health().writable());
        }
        Item item = TestEngines.item(engine, "T", KEY);
        long after = item == null
                ? 0
                : ((AttributeValue.N) item.get("count")).value().toBigDecimal().longValueExact();
        assertThat(after).isBetween(known ? before + 1 : before, before + 1);
        return after;
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private TableEngine open(Durability durability) {
        EngineConfig config = TestEngines.config(dir).withDurability(durability);
        config = config.withJournal(config.journal().withRollSizeBytes(8 << 10))
                .withFlushInterval(Duration.ofMillis(20));
        return TableEngine.open(config, TestEngines.dependencies().withSteps(exhaustion));
    }
}
