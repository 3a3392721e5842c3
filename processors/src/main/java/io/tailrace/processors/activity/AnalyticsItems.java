package io.tailrace.processors.activity;

import io.tailrace.schemas.model.Item;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Results as items of the analytics table.
 *
 * <pre>
 * Metric                   Bucket            attributes
 * Totals                   all               Actions, Bytes, Users, Sessions, SessionActions, SessionMillis
 * ActionsPerType           type              Actions, Bytes
 * Pages                    page              Actions, Bytes
 * ActivityPerMinute        minute            Actions, ActiveUsers, Bytes
 * ActionsPerMinute#type    minute            Actions, Bytes
 * Sessions#user            start             End, LengthMillis, Actions
 * </pre>
 *
 * <p>Times are ISO-8601 in UTC. A text that is too long for a key ends with its hash instead; an empty one is {@code -}.
 */
final class AnalyticsItems {
    static final String METRIC = "Metric";
    static final String BUCKET = "Bucket";

    /** DynamoDB's limits for keys. (Developer Guide, "Service, account, and table quotas".) */
    static final int MAX_PARTITION_KEY_BYTES = 2048;

    static final int MAX_SORT_KEY_BYTES = 1024;

    private static final String EMPTY = "-";
    private static final String ACTIONS = "Actions";
    private static final String BYTES = "Bytes";
    private static final int HASH_HEX_DIGITS = 32;

    private AnalyticsItems() {}

    static Item of(ResultKey key, Tally tally) {
        return switch (key.kind()) {
            case TOTAL ->
                keyed("Totals", "all")
                        .set(ACTIONS, tally.actions())
                        .set(BYTES, tally.bytes())
                        .set("Users", tally.users())
                        .set("Sessions", tally.sessions())
                        .set("SessionActions", tally.sessionActions())
                        .set("SessionMillis", tally.sessionMillis())
                        .build();
            case TYPE -> actionsAndBytes(keyed("ActionsPerType", key.name()), tally);
            case PAGE -> actionsAndBytes(keyed("Pages", key.name()), tally);
            case MINUTE ->
                keyed("ActivityPerMinute", key.minute().toString())
                        .set(ACTIONS, tally.actions())
                        .set("ActiveUsers", tally.users())
                        .set(BYTES, tally.bytes())
                        .build();
            case MINUTE_TYPE ->
                actionsAndBytes(
                        keyed("ActionsPerMinute#" + key.name(), key.minute().toString()), tally);
        };
    }

    static Item of(UserSession session) {
        return sessionKey(session.user(), session.start()).toBuilder()
                .set("End", session.end().toString())
                .set("LengthMillis", session.length().toMillis())
                .set(ACTIONS, session.actions())
                .build();
    }

    static Item sessionKey(String user, Instant start) {
        return keyed("Sessions#" + user, start.toString()).build();
    }

    private static Item actionsAndBytes(Item.Builder keyed, Tally tally) {
        return keyed.set(ACTIONS, tally.actions()).set(BYTES, tally.bytes()).build();
    }

    private static Item.Builder keyed(String metric, String bucket) {
        return Item.builder()
                .set(METRIC, bounded(metric, MAX_PARTITION_KEY_BYTES))
                .set(BUCKET, bounded(bucket, MAX_SORT_KEY_BYTES));
    }

    /** The text itself when it may be a key, else one that may and stands for no other text. */
    static String bounded(String text, int maxBytes) {
        if (text.isEmpty()) {
            return EMPTY;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= maxBytes) {
            return text;
        }
        String suffix = "#" + HexFormat.of().formatHex(sha256(bytes)).substring(0, HASH_HEX_DIGITS);
        int end = maxBytes - suffix.length();
        // Never cut within a character: continuation bytes are 10xxxxxx.
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(Arrays.copyOf(bytes, end), StandardCharsets.UTF_8) + suffix;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
