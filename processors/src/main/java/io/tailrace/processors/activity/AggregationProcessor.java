package io.tailrace.processors.activity;

import io.tailrace.processors.runtime.LivePartitions;
import io.tailrace.schemas.model.Command;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.StreamRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Takes in the activities of the users of one partition. All of a user's activities come here, so sessions and distinct
 * users are decided here; counts that users of several partitions add to are collected here and forwarded as differences.
 *
 * <p>What changed since the last publishing is itself a store: under exactly_once_v2 a difference is either still in it or
 * in the repartition topic, never both and never neither, whenever the process dies.
 *
 * <p>Nothing is windowed and nothing ever closes: an activity counts in its own minute however late it comes.
 */
final class AggregationProcessor implements Processor<byte[], StreamRecord, Bytes, ActivityOutput> {
    /** Publish early rather than collect more than this. */
    static final int MAX_PENDING = 20_000;

    private static final byte[] SEEN = {1};

    private final ActivityConfig config;
    private final ActivityParser parser;
    private final LivePartitions<Void> live;
    private final LongAdder duplicates;

    private ProcessorContext<Bytes, ActivityOutput> context;
    private KeyValueStore<Integer, String> lastSequences;
    private KeyValueStore<Bytes, byte[]> activeUsers;
    private KeyValueStore<Bytes, byte[]> pendingTallies;
    private KeyValueStore<Bytes, byte[]> pendingSessions;
    private SessionStore sessions;
    private CommandFactory commands;
    private int pending;
    private long epoch;

    AggregationProcessor(ActivityConfig config, LivePartitions<Void> live, LongAdder duplicates) {
        this.config = config;
        this.parser = new ActivityParser(config);
        this.live = live;
        this.duplicates = duplicates;
    }

    @Override
    public void init(ProcessorContext<Bytes, ActivityOutput> processorContext) {
        context = processorContext;
        lastSequences = processorContext.getStateStore(ActivityTopology.LAST_SEQUENCES);
        activeUsers = processorContext.getStateStore(ActivityTopology.ACTIVE_USERS);
        pendingTallies = processorContext.getStateStore(ActivityTopology.PENDING_RESULTS);
        pendingSessions = processorContext.getStateStore(ActivityTopology.PENDING_SESSIONS);
        sessions =
                new SessionStore(processorContext.getStateStore(ActivityTopology.USER_SESSIONS), config.sessionGap());
        commands = new CommandFactory(config.analyticsTable(), ActivityTopology.AGGREGATION, processorContext);
        pending = 0;
        processorContext.schedule(config.publishInterval(), PunctuationType.WALL_CLOCK_TIME, this::publish);
        epoch = live.open(processorContext.taskId().partition(), null);
    }

    @Override
    public void process(Record<byte[], StreamRecord> record) {
        StreamRecord streamRecord = record.value();
        if (streamRecord == null) { // a tombstone: the removal that it follows was told
            return;
        }
        // First, because it may refuse the record: nothing may be counted of one that is refused.
        Optional<Activity> activity = parser.parse(streamRecord);
        if (!isNew(streamRecord.sequenceNumber())) {
            duplicates.increment();
            return;
        }
        if (activity.isPresent()) {
            count(activity.get());
            if (pending >= MAX_PENDING) {
                publish(record.timestamp());
            }
        }
    }

    @Override
    public void close() {
        live.close(context.taskId().partition(), epoch);
    }

    /** Sequence numbers increase within a partition, so one that does not was read before. */
    private boolean isNew(String sequenceNumber) {
        int partition = context.taskId().partition();
        String last = lastSequences.get(partition);
        if (last != null && last.compareTo(sequenceNumber) >= 0) {
            return false;
        }
        lastSequences.put(partition, sequenceNumber);
        return true;
    }

    private void count(Activity activity) {
        Tally one = Tally.ofActivity(activity.bytes());
        Tally inMinute = isFirstInMinute(activity) ? one.plus(Tally.ofUsers(1)) : one;
        add(ResultKey.ofType(activity.type()), one);
        add(ResultKey.ofPage(activity.page()), one);
        add(ResultKey.ofMinute(activity.minuteMillis()), inMinute);
        add(ResultKey.ofMinuteAndType(activity.minuteMillis(), activity.type()), one);
        add(ResultKey.total(), one.plus(addToSession(activity)));
    }

    private boolean isFirstInMinute(Activity activity) {
        byte[] user = activity.user().getBytes(StandardCharsets.UTF_8);
        Bytes key = Bytes.wrap(ByteBuffer.allocate(Long.BYTES + user.length)
                .putLong(activity.minuteMillis())
                .put(user)
                .array());
        return activeUsers.putIfAbsent(key, SEEN) == null;
    }

    /** Returns what it changes in the totals. */
    private Tally addToSession(Activity activity) {
        SessionStore.Change change = sessions.add(activity.user(), activity.time());
        UserSession session = change.session();
        Tally difference = tally(session, 1).plus(Tally.ofUsers(change.newUser() ? 1 : 0));
        for (UserSession replaced : change.replaced()) {
            difference = difference.plus(tally(replaced, -1));
            if (!replaced.start().equals(session.start())) {
                markSession(replaced);
            }
        }
        markSession(session);
        return difference;
    }

    private static Tally tally(UserSession session, int sign) {
        return Tally.ofSessions(
                sign, sign * session.actions(), sign * session.length().toMillis());
    }

    private void add(ResultKey key, Tally difference) {
        Bytes encoded = key.toBytes();
        byte[] before = pendingTallies.get(encoded);
        if (before == null) {
            pending++;
        }
        Tally sum = before == null ? difference : Tally.fromBytes(before).plus(difference);
        pendingTallies.put(encoded, sum.toBytes());
    }

    private void markSession(UserSession session) {
        Bytes key = SessionStore.key(session.user(), session.start());
        if (pendingSessions.putIfAbsent(key, session.user().getBytes(StandardCharsets.UTF_8)) == null) {
            pending++;
        }
    }

    private void publish(long timestamp) {
        for (KeyValue<Bytes, byte[]> one : taken(pendingTallies)) {
            context.forward(new Record<>(
                    one.key, new ActivityOutput.Delta(Tally.fromBytes(one.value)), Math.max(0, timestamp)));
        }
        for (KeyValue<Bytes, byte[]> one : taken(pendingSessions)) {
            publishSession(one.key, new String(one.value, StandardCharsets.UTF_8), Math.max(0, timestamp));
        }
        pending = 0;
    }

    /** The session as it is now, or its removal when another has taken its place. */
    private void publishSession(Bytes key, String user, long timestamp) {
        UserSession session = sessions.get(key);
        Instant start = SessionStore.startOf(key);
        Item itemKey = AnalyticsItems.sessionKey(user, start);
        Command command = session == null ? commands.delete(itemKey) : commands.put(AnalyticsItems.of(session));
        context.forward(new Record<>(
                commands.recordKey(itemKey),
                new ActivityOutput.SessionWrite(command),
                timestamp,
                CommandFactory.headers()));
    }

    private static List<KeyValue<Bytes, byte[]>> taken(KeyValueStore<Bytes, byte[]> store) {
        List<KeyValue<Bytes, byte[]>> all = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
            entries.forEachRemaining(all::add);
        }
        all.forEach(one -> store.delete(one.key));
        return all;
    }
}
