package io.tailrace.engine.index;

import io.tailrace.engine.catalog.BackfillTurn;
import io.tailrace.engine.catalog.Catalog;
import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.operation.OperationExecutor;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.IndexStatus;
import io.tailrace.schemas.model.ReplicaTelling;
import io.tailrace.schemas.model.TableDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An agent that does what is to be done for global secondary indexes that are being created or deleted, and for tables whose
 * time to live was switched on, or of which a replica was added. It looks at the catalog, and nothing else, to know what that is,
 * and tells {@link #watch} of each new one.
 */
public final class IndexLifecycle {
    private static final Logger log = LoggerFactory.getLogger(IndexLifecycle.class);
    private static final Duration IDLE_PAUSE = Duration.ofMillis(100);
    private static final Duration WALK_PAUSE = Duration.ofMillis(1);

    /**
     * What the agent works with.
     *
     * @param backfilledUpTo by table id: the state key of the last item of the backfill that is under way; null before the
     *     first
     * @param appliedSequence the last commit that reads see
     */
    public record Surroundings(
            OperationExecutor executor,
            Supplier<Catalog> catalog,
            IntFunction<byte[]> backfilledUpTo,
            LongSupplier appliedSequence,
            LongSupplier nanoTime) {
        /** Whether it is this backfill's turn: before, how far the table's backfill is that the state knows of is another one's. */
        boolean isTurn(TableDefinition table, BackfillTurn turn) {
            return catalog.get()
                    .table(table.id())
                    .filter(now -> BackfillTurn.of(now).equals(turn))
                    .isPresent();
        }
    }

    /** A bounded piece of work; whether something was done. */
    private interface Step {
        boolean take() throws InterruptedException;
    }

    private final Surroundings surroundings;
    private final BackfillLimits limits;
    private volatile Consumer<Catalog> watcher = catalog -> {};
    private Consumer<Catalog> told;
    private Catalog seen;
    private List<IndexTask> tasks = List.of();
    private List<TimeToLiveBackfill> timeToLive = List.of();
    private List<ReplicaBackfill> replicas = List.of();
    private volatile boolean stopped;

    public IndexLifecycle(Surroundings surroundings, BackfillLimits limits) {
        this.surroundings = surroundings;
        this.limits = limits;
    }

    /**
     * Takes one step for each index, each time to live and each replica that needs one.
     *
     * @return how many steps were taken; 0 when there is nothing to do now
     */
    public int doWork() throws InterruptedException {
        Catalog now = surroundings.catalog().get();
        Consumer<Catalog> watching = watcher;
        if (now != seen || watching != told) {
            tasks = tasks(now);
            timeToLive = timeToLive(now);
            replicas = replicas(now);
            watching.accept(now);
            told = watching;
            seen = now;
        }
        int steps = 0;
        for (IndexTask task : tasks) {
            if (!stopped) {
                steps += step(task, task::step);
            }
        }
        for (TimeToLiveBackfill task : timeToLive) {
            if (!stopped) {
                steps += step(task, task::step);
            }
        }
        for (ReplicaBackfill task : replicas) {
            if (!stopped) {
                steps += step(task, task::step);
            }
        }
        return steps;
    }

    /**
     * How long to wait when {@link #doWork} found nothing to do. A walk through a table knows itself when its next slice is due,
     * and has to be asked often: with 200 items to a slice, 20 ms would be less than 10,000 items a second whatever the limit.
     */
    public Duration pauseWhenIdle() {
        boolean walking =
                !timeToLive.isEmpty() || !replicas.isEmpty() || tasks.stream().anyMatch(Backfill.class::isInstance);
        return walking ? WALK_PAUSE : IDLE_PAUSE;
    }

    /** Tells someone, instead of who was told before, of the catalog and of each new one soon after it: on the agent's thread. */
    public void watch(Consumer<Catalog> newWatcher) {
        watcher = newWatcher;
    }

    /** Lets {@link #doWork} find nothing to do any more; what is under way goes on after the next start. */
    public void stop() {
        stopped = true;
    }

    private static int step(Object task, Step step) throws InterruptedException {
        try {
            return step.take() ? 1 : 0;
        } catch (DynamoException later) {
            log.debug("{} goes on later", task, later);
            return 0;
        }
    }

    /** The tasks that are under way stay the same ones: they know how far they are. */
    private List<IndexTask> tasks(Catalog catalog) {
        List<IndexTask> current = new ArrayList<>();
        for (TableDefinition table : catalog.tables()) {
            for (IndexDefinition index : table.globalSecondaryIndexes()) {
                if (index.status() != IndexStatus.ACTIVE && !isToldWithAnother(table, index)) {
                    current.add(tasks.stream()
                            .filter(task -> task.isFor(table, index))
                            .findFirst()
                            .orElseGet(() -> task(table, index)));
                }
            }
        }
        return current;
    }

    /** One backfill tells the items for all indexes of the table that need it. */
    private static boolean isToldWithAnother(TableDefinition table, IndexDefinition index) {
        return index.status() == IndexStatus.BACKFILLING
                && BackfillTurn.of(table).indexIds().indexOf(index.id()) > 0;
    }

    private List<TimeToLiveBackfill> timeToLive(Catalog catalog) {
        List<TimeToLiveBackfill> current = new ArrayList<>();
        for (TableDefinition table : catalog.tables()) {
            if (table.details().isTimeToLiveBackfilling()) {
                current.add(timeToLive.stream()
                        .filter(task -> task.isFor(table))
                        .findFirst()
                        .orElseGet(() -> new TimeToLiveBackfill(surroundings, limits, table)));
            }
        }
        return current;
    }

    private List<ReplicaBackfill> replicas(Catalog catalog) {
        List<ReplicaBackfill> current = new ArrayList<>();
        for (TableDefinition table : catalog.tables()) {
            if (table.isGlobal()) {
                for (ReplicaTelling telling : table.details().globalTable().tellings()) {
                    current.add(replicas.stream()
                            .filter(task -> task.isFor(table, telling))
                            .findFirst()
                            .orElseGet(() -> new ReplicaBackfill(surroundings, limits, table, telling)));
                }
            }
        }
        return current;
    }

    private IndexTask task(TableDefinition table, IndexDefinition index) {
        log.info("Index {} of table {}: {}", index.name(), table.name(), index.status());
        return switch (index.status()) {
            case BACKFILLING -> new Backfill(surroundings, limits, table, index);
            case CATCHING_UP -> new CatchUp(surroundings, table, index);
            case DELETING -> new Removal(surroundings, table, index);
            case ACTIVE -> throw new IllegalStateException("index " + index.name() + " needs nothing");
        };
    }

    /** Waits for the write, and throws what refused it. */
    static <R> R write(OperationExecutor executor, WriteOperation<R> operation) throws InterruptedException {
        try {
            return executor.write(operation).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DynamoException refused) {
                throw refused;
            }
            throw new IllegalStateException("the engine does not write", e.getCause());
        }
    }
}
