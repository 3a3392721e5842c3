package io.tailrace.processors.activity;

import io.tailrace.schemas.key.KeyCodec;
import io.tailrace.schemas.model.AttributeValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The sessions of all users of a partition, in an ordered store.
 *
 * <pre>
 * key    user, KeyCodec | start, epoch milliseconds with the sign bit inverted (8)
 * value  end, epoch milliseconds (8) | actions (8) | user, UTF-8
 * </pre>
 *
 * <p>Why not Kafka Streams' session windows: they close. A session store keeps sessions for a retention that counts from the
 * latest time seen, so an activity that comes late enough is dropped, and an access log read today is late by years.
 * Here sessions stay.
 */
final class SessionStore {
    private final KeyValueStore<Bytes, byte[]> store;
    private final Duration gap;

    SessionStore(KeyValueStore<Bytes, byte[]> store, Duration gap) {
        this.store = store;
        this.gap = gap;
    }

    /** A session as it has become, and those that it took the place of. */
    record Change(UserSession session, List<UserSession> replaced, boolean newUser) {}

    /**
     * Adds an activity. It extends a session that it is at most the gap away from, joins two of them into one, or begins a
     * new one.
     */
    Change add(String user, Instant time) {
        UserSession session = new UserSession(user, time, time, 1);
        List<UserSession> replaced = touching(session);
        for (UserSession one : replaced) {
            session = session.merge(one);
        }
        for (UserSession one : replaced) {
            if (!one.start().equals(session.start())) {
                store.delete(key(user, one.start()));
            }
        }
        boolean newUser = replaced.isEmpty() && !hasSessions(user);
        store.put(key(user, session.start()), value(session));
        return new Change(session, replaced, newUser);
    }

    /** The session with this key, or null. */
    UserSession get(Bytes key) {
        byte[] value = store.get(key);
        return value == null ? null : decode(key, value);
    }

    static Bytes key(String user, Instant start) {
        return Bytes.wrap(withTime(prefix(user), start.toEpochMilli()));
    }

    /** What all keys of a user begin with. */
    static byte[] prefix(String user) {
        return KeyCodec.encode(new AttributeValue.S(user));
    }

    static UserSession decode(Bytes key, byte[] value) {
        ByteBuffer in = ByteBuffer.wrap(value);
        Instant end = Instant.ofEpochMilli(in.getLong());
        long actions = in.getLong();
        String user = StandardCharsets.UTF_8.decode(in).toString();
        return new UserSession(user, startOf(key), end, actions);
    }

    static Instant startOf(Bytes key) {
        byte[] encoded = key.get();
        return Instant.ofEpochMilli(ByteBuffer.wrap(encoded).getLong(encoded.length - Long.BYTES) ^ Long.MIN_VALUE);
    }

    private static byte[] value(UserSession session) {
        byte[] user = session.user().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 * Long.BYTES + user.length)
                .putLong(session.end().toEpochMilli())
                .putLong(session.actions())
                .put(user)
                .array();
    }

    private static byte[] withTime(byte[] prefix, long millis) {
        return ByteBuffer.allocate(prefix.length + Long.BYTES)
                .put(prefix)
                .putLong(millis ^ Long.MIN_VALUE)
                .array();
    }

    /** The stored sessions that a new one is not more than the gap away from: two at most, as they are apart themselves. */
    private List<UserSession> touching(UserSession session) {
        byte[] prefix = prefix(session.user());
        Bytes from = Bytes.wrap(withTime(prefix, Long.MIN_VALUE));
        Bytes to = Bytes.wrap(withTime(prefix, session.end().plus(gap).toEpochMilli()));
        Instant earliestEnd = session.start().minus(gap);
        List<UserSession> touching = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> latestFirst = store.reverseRange(from, to)) {
            while (latestFirst.hasNext()) {
                KeyValue<Bytes, byte[]> one = latestFirst.next();
                UserSession stored = decode(one.key, one.value);
                if (stored.end().isBefore(earliestEnd)) {
                    break;
                }
                touching.add(stored);
            }
        }
        return touching;
    }

    private boolean hasSessions(String user) {
        byte[] prefix = prefix(user);
        try (KeyValueIterator<Bytes, byte[]> any = store.range(
                Bytes.wrap(withTime(prefix, Long.MIN_VALUE)), Bytes.wrap(withTime(prefix, Long.MAX_VALUE)))) {
            return any.hasNext();
        }
    }
}
