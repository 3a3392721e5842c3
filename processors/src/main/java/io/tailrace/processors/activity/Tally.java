package io.tailrace.processors.activity;

import java.nio.ByteBuffer;

/**
 * Counts that add up. What a count means depends on the {@link ResultKey}; those that it has no use for are 0.
 *
 * @param actions activities
 * @param bytes served
 * @param users distinct users
 * @param sessions sessions
 * @param sessionActions activities in sessions
 * @param sessionMillis lengths of sessions
 */
record Tally(long actions, long bytes, long users, long sessions, long sessionActions, long sessionMillis) {
    static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0);

    private static final byte FORMAT = 1;
    private static final int BYTES = 1 + 6 * Long.BYTES;

    static Tally ofActivity(long bytes) {
        return new Tally(1, bytes, 0, 0, 0, 0);
    }

    static Tally ofUsers(long users) {
        return new Tally(0, 0, users, 0, 0, 0);
    }

    static Tally ofSessions(long sessions, long actions, long millis) {
        return new Tally(0, 0, 0, sessions, actions, millis);
    }

    Tally plus(Tally other) {
        return new Tally(
                actions + other.actions,
                Math.addExact(bytes, other.bytes),
                users + other.users,
                sessions + other.sessions,
                sessionActions + other.sessionActions,
                Math.addExact(sessionMillis, other.sessionMillis));
    }

    /** The format (1 byte), then the six counts in the order of the components (8 bytes each, big endian). */
    byte[] toBytes() {
        return ByteBuffer.allocate(BYTES)
                .put(FORMAT)
                .putLong(actions)
                .putLong(bytes)
                .putLong(users)
                .putLong(sessions)
                .putLong(sessionActions)
                .putLong(sessionMillis)
                .array();
    }

    static Tally fromBytes(byte[] encoded) {
        ByteBuffer in = ByteBuffer.wrap(encoded);
        if (encoded.length != BYTES || in.get() != FORMAT) {
            throw new IllegalStateException("these are no counts");
        }
        return new Tally(in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }
}
