package io.tailrace.processors.ttl;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;

/**
 * The pending expiries for which a command was sent, until the log tells what came of it. One that the log is silent about
 * for {@link #RETRY_AFTER} is forgotten here, and thereby sent again: its command was lost with Kafka's last transaction or
 * refused by an engine whose clock is behind. Bounded, so that an engine that does not keep up is not sent more and more.
 */
final class SentCommands {
    static final Duration RETRY_AFTER = Duration.ofSeconds(20);

    private final int capacity;
    private final Map<Bytes, Long> sentAtMillis = new LinkedHashMap<>();

    SentCommands(int capacity) {
        this.capacity = capacity;
    }

    /** How many more may be sent. */
    int room() {
        return capacity - sentAtMillis.size();
    }

    boolean contains(Bytes key) {
        return sentAtMillis.containsKey(key);
    }

    void add(Bytes key, long nowMillis) {
        sentAtMillis.put(key, nowMillis);
    }

    void remove(Bytes key) {
        sentAtMillis.remove(key);
    }

    /** Forgets those that were sent too long ago; times only go up, so they are the first. */
    void expire(long nowMillis) {
        Iterator<Long> times = sentAtMillis.values().iterator();
        while (times.hasNext() && times.next() <= nowMillis - RETRY_AFTER.toMillis()) {
            times.remove();
        }
    }
}
