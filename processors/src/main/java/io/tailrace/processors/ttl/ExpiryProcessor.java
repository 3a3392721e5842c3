package io.tailrace.processors.ttl;

import io.tailrace.processors.runtime.PoisonRecordException;
import io.tailrace.schemas.codec.ItemCodec;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.Change.ItemChange;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.Command;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TimeToLive;
import io.tailrace.schemas.model.UserIdentity;
import io.tailrace.schemas.topic.RecordHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the pending expiries of one partition, and asks for what is due to be deleted.
 *
 * <p><b>Why nothing is lost.</b> An entry goes only when the log says that its item went or got another time; that a command
 * was sent is remembered in memory alone. So after a crash, or when a command was lost, it is sent again.
 *
 * <p><b>Why nothing is deleted wrongly.</b> A command asks for no more than to delete the item if it has expired. The engine
 * decides, when the command is its turn, by the item as it is then.
 *
 * <p><b>Why at-least-once converges.</b> See {@link TimedTables}.
 *
 * <p>Most changes are of tables whose time to live is off: the record's key tells, and such a change is not decoded.
 */
final class ExpiryProcessor implements Processor<byte[], byte[], Bytes, Command> {
    static final Duration TICK = Duration.ofMillis(250);
    static final int FORGOTTEN_PER_TICK = 1_000;

    /** So many seconds' commands may be under way. */
    private static final int SECONDS_UNDER_WAY = 4;

    private static final int ID_BYTES = 4;

    private final String mutationsTopic;
    private final Deserializer<ChangeRecord> changes;
    private final int sentPerTick;
    private final int sentAtMost;
    private final TtlTopology.Shared shared;

    private ProcessorContext<Bytes, Command> context;
    private TimedTables tables;
    private PendingExpiries pending;
    private SentCommands sent;
    private TtlFigures figures;
    private long epoch;

    /** @param deletesPerSecond of this partition */
    ExpiryProcessor(
            String mutationsTopic,
            Deserializer<ChangeRecord> changes,
            double deletesPerSecond,
            TtlTopology.Shared shared) {
        this.mutationsTopic = mutationsTopic;
        this.changes = changes;
        this.shared = shared;
        double ticksPerSecond = (double) Duration.ofSeconds(1).toMillis() / TICK.toMillis();
        sentPerTick = (int) Math.max(1, Math.round(deletesPerSecond / ticksPerSecond));
        sentAtMost = (int) Math.max(1, Math.round(deletesPerSecond * SECONDS_UNDER_WAY));
    }

    @Override
    public void init(ProcessorContext<Bytes, Command> processorContext) {
        context = processorContext;
        KeyValueStore<Integer, byte[]> definitions = context.getStateStore(TtlTopology.TABLE_DEFINITIONS);
        KeyValueStore<Bytes, byte[]> entries = context.getStateStore(TtlTopology.PENDING_EXPIRIES);
        tables = new TimedTables(definitions);
        pending = new PendingExpiries(entries, tables.all());
        sent = new SentCommands(sentAtMost);
        figures = new TtlFigures();
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
        epoch = shared.live().open(context.taskId().partition(), figures);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        byte[] key = record.key();
        if (key == null || key.length < ID_BYTES || record.value() == null) {
            throw new PoisonRecordException("a mutation without a key or a value");
        }
        if (key.length == ID_BYTES) {
            changeTable(decode(record.value()));
            return;
        }
        TimedTable table = tables.get(StateKeys.id(key));
        if (table == null) {
            shared.unknownTables().increment();
        } else if (table.isOn()) {
            changeItem(table, decode(record.value()));
        }
    }

    @Override
    public void close() {
        shared.live().close(context.taskId().partition(), epoch);
    }

    private ChangeRecord decode(byte[] value) {
        try {
            return changes.deserialize(mutationsTopic, value);
        } catch (SerializationException unreadable) {
            throw new PoisonRecordException(unreadable.getMessage());
        }
    }

    private void changeTable(ChangeRecord mutation) {
        if (!(mutation.change() instanceof CatalogChange change)) {
            throw new PoisonRecordException("a change of an item under the key of a table");
        }
        tables.apply(mutation);
        pending.follow(change.tableId(), tables.get(change.tableId()));
    }

    private void changeItem(TimedTable table, ChangeRecord mutation) {
        if (!(mutation.change() instanceof ItemChange change)) {
            throw new PoisonRecordException("a change of the catalog under the key of an item");
        }
        ExpiryChange expiry = ExpiryChange.of(table, change, mutation.commitTime());
        if (expiry.removed() != null) {
            pending.remove(expiry.removed());
            sent.remove(expiry.removed());
        }
        if (expiry.added() != null) {
            pending.put(expiry.added(), ItemCodec.encode(change.keys()));
        }
        if (change.newImage() == null && UserIdentity.TIME_TO_LIVE.equals(mutation.userIdentity())) {
            shared.deleted().increment();
        }
    }

    private void tick(long nowMillis) {
        sent.expire(nowMillis);
        pending.forget(FORGOTTEN_PER_TICK);
        int room = Math.min(sentPerTick, sent.room());
        if (room > 0) {
            sendDue(nowMillis, room);
        }
        figures.set(
                pending.approximateCount(),
                Math.max(0, nowMillis - pending.earliestMillis().orElse(nowMillis)));
    }

    private void sendDue(long nowMillis, int max) {
        Instant now = Instant.ofEpochMilli(nowMillis);
        List<Bytes> tooOld = new ArrayList<>();
        pending.visitDue(nowMillis, max, (table, key, itemKey) -> {
            if (sent.contains(key)) {
                return false;
            }
            if (TimeToLive.isTooOld(PendingKey.expiryMillis(key), now)) {
                tooOld.add(key);
            } else {
                send(table, ItemCodec.decode(itemKey), nowMillis);
                sent.add(key, nowMillis);
            }
            return true;
        });
        tooOld.forEach(pending::remove);
    }

    private void send(TimedTable table, Item itemKey, long nowMillis) {
        shared.requested().increment();
        // For logs: no two tasks, or lives of one, make the same.
        String id = TtlTopology.NAME + "-" + context.taskId() + "-" + nowMillis + "-"
                + shared.requested().sum();
        Command command = Command.expire(
                id,
                TtlTopology.NAME,
                table.definition().name(),
                table.id(),
                itemKey,
                table.definition().ttlAttribute());
        Bytes key = Bytes.wrap(StateKeys.topicKey(table.definition(), itemKey));
        context.forward(new Record<>(key, command, nowMillis, headers()));
    }

    private static Headers headers() {
        return new org.apache.kafka.common.header.internals.RecordHeaders()
                .add(RecordHeaders.ORIGIN, RecordHeaders.ofText(TtlTopology.NAME));
    }
}
