package io.tailrace.processors.activity;

import io.tailrace.processors.ProcessorNotReadyException;
import io.tailrace.processors.activity.ActivityResults.BytesPerMinute;
import io.tailrace.processors.activity.ActivityResults.PageTotal;
import io.tailrace.processors.activity.ActivityResults.Summary;
import io.tailrace.processors.activity.ActivityResults.Totals;
import io.tailrace.processors.activity.ActivityResults.TypePerMinute;
import io.tailrace.processors.activity.ActivityResults.TypeTotal;
import io.tailrace.processors.activity.ActivityResults.UsersPerMinute;
import io.tailrace.processors.runtime.KeyRange;
import io.tailrace.processors.runtime.MergedIterator;
import io.tailrace.processors.runtime.RangeReader;
import io.tailrace.schemas.key.StateKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;

/**
 * The results of the activity processor, read from its stores. Safe for use by many threads.
 *
 * <p>Each read sees every partition as it was at one moment, and waits a little for partitions that are assigned or
 * restored. All methods throw {@link ProcessorNotReadyException} when the stores could not be read in time.
 */
public final class ActivityQueries {
    /** Keys begin with a byte of UTF-8, or with an escaped 0. */
    private static final byte[] SESSIONS_START = {0};

    private static final byte[] SESSIONS_END = {(byte) 0xFF};

    private final RangeReader results;
    private final int resultPartitions;
    private final RangeReader sessions;
    private final Supplier<OptionalInt> sessionPartitions;

    /** @param sessionPartitions how many the stream topic has; empty while that is not known */
    ActivityQueries(
            RangeReader results, int resultPartitions, RangeReader sessions, Supplier<OptionalInt> sessionPartitions) {
        this.results = results;
        this.resultPartitions = resultPartitions;
        this.sessions = sessions;
        this.sessionPartitions = sessionPartitions;
    }

    /** Activities by minute and type, in that order, for minutes that begin in the interval. */
    public List<TypePerMinute> actionsPerTypePerMinute(Instant fromInclusive, Instant toExclusive) {
        return minutes(
                ResultKey.Kind.MINUTE_TYPE,
                fromInclusive,
                toExclusive,
                (key, tally) -> new TypePerMinute(key.minute(), key.name(), tally.actions(), tally.bytes()));
    }

    /** Distinct users by minute, for minutes that begin in the interval. */
    public List<UsersPerMinute> activeUsersPerMinute(Instant fromInclusive, Instant toExclusive) {
        return minutes(
                ResultKey.Kind.MINUTE,
                fromInclusive,
                toExclusive,
                (key, tally) -> new UsersPerMinute(key.minute(), tally.users(), tally.actions()));
    }

    /** Bytes served by minute, for minutes that begin in the interval. */
    public List<BytesPerMinute> bytesServedPerMinute(Instant fromInclusive, Instant toExclusive) {
        return minutes(
                ResultKey.Kind.MINUTE,
                fromInclusive,
                toExclusive,
                (key, tally) -> new BytesPerMinute(key.minute(), tally.bytes(), tally.actions()));
    }

    /** Bytes served in all. */
    public long bytesServed() {
        return summary().bytes();
    }

    /** All types with their totals, in order of their names. */
    public List<TypeTotal> actionsPerType() {
        return all(ResultKey.Kind.TYPE, (key, tally) -> new TypeTotal(key.name(), tally.actions(), tally.bytes()));
    }

    /** The pages with the most activities or bytes, the most first; pages with as many are in order of their names. */
    public List<PageTotal> topPages(int limit, PageOrder order) {
        requireLimit(limit);
        Comparator<PageTotal> most = switch (order) {
            case ACTIONS -> Comparator.comparingLong(PageTotal::actions);
            case BYTES -> Comparator.comparingLong(PageTotal::bytes);
        };
        Comparator<PageTotal> best = most.reversed().thenComparing(PageTotal::page);
        return readResults(ResultKey.start(ResultKey.Kind.PAGE), ResultKey.end(ResultKey.Kind.PAGE), merged -> {
            PriorityQueue<PageTotal> worstFirst = new PriorityQueue<>(best.reversed());
            while (merged.hasNext()) {
                worstFirst.add(page(merged.next()));
                if (worstFirst.size() > limit) {
                    worstFirst.remove();
                }
            }
            List<PageTotal> top = new ArrayList<>(worstFirst);
            top.sort(best);
            return top;
        });
    }

    /** The sessions of a user in order of their starts; the latest {@code limit} of them when there are more. */
    public List<UserSession> sessions(String user, int limit) {
        requireLimit(limit);
        byte[] prefix = SessionStore.prefix(user);
        List<UserSession> found =
                readSessions(prefix, StateKeys.successor(prefix), false, merged -> take(merged, limit));
        Collections.reverse(found);
        return found;
    }

    /** Sessions of all users, in order of users and starts; the first {@code limit} of them when there are more. */
    public List<UserSession> sessions(int limit) {
        requireLimit(limit);
        return readSessions(SESSIONS_START, SESSIONS_END, true, merged -> take(merged, limit));
    }

    /** The sums over everything. */
    public Summary summary() {
        Tally total = readResults(
                ResultKey.start(ResultKey.Kind.TOTAL),
                ResultKey.end(ResultKey.Kind.TOTAL),
                merged -> merged.hasNext() ? Tally.fromBytes(merged.next().value) : Tally.NONE);
        return new Summary(
                total.actions(),
                total.bytes(),
                total.users(),
                total.sessions(),
                total.sessionActions(),
                Duration.ofMillis(total.sessionMillis()));
    }

    /** Every result added up by itself. Reads all of them. */
    public Totals totals() {
        Map<String, Long> perType = new TreeMap<>();
        long typeBytes = 0;
        for (TypeTotal type : actionsPerType()) {
            perType.put(type.type(), type.actions());
            typeBytes += type.bytes();
        }
        Map<String, Long> perPage = new TreeMap<>();
        long pageBytes = 0;
        for (PageTotal page :
                all(ResultKey.Kind.PAGE, (key, tally) -> new PageTotal(key.name(), tally.actions(), tally.bytes()))) {
            perPage.put(page.page(), page.actions());
            pageBytes += page.bytes();
        }
        Tally minutes = sum(ResultKey.Kind.MINUTE);
        Tally counted = readSessions(SESSIONS_START, SESSIONS_END, true, merged -> {
            Tally sum = Tally.NONE;
            while (merged.hasNext()) {
                KeyValue<Bytes, byte[]> one = merged.next();
                UserSession session = SessionStore.decode(one.key, one.value);
                sum = sum.plus(
                        Tally.ofSessions(1, session.actions(), session.length().toMillis()));
            }
            return sum;
        });
        return new Totals(
                summary(),
                perType,
                perPage,
                counted.sessions(),
                counted.sessionActions(),
                minutes.actions(),
                sum(ResultKey.Kind.MINUTE_TYPE).actions(),
                minutes.bytes(),
                typeBytes,
                pageBytes);
    }

    private Tally sum(ResultKey.Kind kind) {
        return readResults(ResultKey.start(kind), ResultKey.end(kind), merged -> {
            Tally sum = Tally.NONE;
            while (merged.hasNext()) {
                sum = sum.plus(Tally.fromBytes(merged.next().value));
            }
            return sum;
        });
    }

    private <T> List<T> minutes(
            ResultKey.Kind kind, Instant fromInclusive, Instant toExclusive, BiFunction<ResultKey, Tally, T> make) {
        return list(ResultKey.startAt(kind, fromInclusive), ResultKey.startAt(kind, toExclusive), make);
    }

    private <T> List<T> all(ResultKey.Kind kind, BiFunction<ResultKey, Tally, T> make) {
        return list(ResultKey.start(kind), ResultKey.end(kind), make);
    }

    private <T> List<T> list(byte[] from, byte[] to, BiFunction<ResultKey, Tally, T> make) {
        return readResults(from, to, merged -> {
            List<T> list = new ArrayList<>();
            while (merged.hasNext()) {
                KeyValue<Bytes, byte[]> one = merged.next();
                list.add(make.apply(ResultKey.fromBytes(one.key), Tally.fromBytes(one.value)));
            }
            return list;
        });
    }

    private static PageTotal page(KeyValue<Bytes, byte[]> one) {
        Tally tally = Tally.fromBytes(one.value);
        return new PageTotal(ResultKey.fromBytes(one.key).name(), tally.actions(), tally.bytes());
    }

    private static List<UserSession> take(MergedIterator merged, int limit) {
        List<UserSession> taken = new ArrayList<>();
        while (merged.hasNext() && taken.size() < limit) {
            KeyValue<Bytes, byte[]> one = merged.next();
            taken.add(SessionStore.decode(one.key, one.value));
        }
        return taken;
    }

    private <T> T readResults(byte[] from, byte[] to, Function<MergedIterator, T> body) {
        KeyRange range = new KeyRange(from, to, true, 0, resultPartitions - 1);
        return results.read(range, parts -> body.apply(new MergedIterator(parts, true)));
    }

    private <T> T readSessions(byte[] from, byte[] to, boolean forward, Function<MergedIterator, T> body) {
        OptionalInt partitions = sessionPartitions.get();
        if (partitions.isEmpty()) {
            throw new ProcessorNotReadyException("the stream topic has not been found yet", null);
        }
        KeyRange range = new KeyRange(from, to, forward, 0, partitions.getAsInt() - 1);
        return sessions.read(range, parts -> body.apply(new MergedIterator(parts, forward)));
    }

    private static void requireLimit(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, not " + limit);
        }
    }
}
