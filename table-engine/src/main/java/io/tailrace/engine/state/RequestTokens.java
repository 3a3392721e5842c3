package io.tailrace.engine.state;

import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.journal.RequestToken;
import io.tailrace.engine.limits.Limits;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.rocksdb.RocksDBException;

/**
 * The tokens of the last requests. They are kept by periods of their commit times, a period being half a token's lifetime:
 * a token is looked for in three of them, and a period that no living token can be in is removed as a whole. What is
 * removed depends on commit times alone, so that recovery ends with the same state.
 */
final class RequestTokens {
    private static final long PERIOD_SECONDS = Limits.REQUEST_TOKEN_LIFETIME.toSeconds() / 2;
    /** Before the current period. */
    private static final int LIVING_PERIODS = 2;

    private final Map<Integer, Long> counts = new ConcurrentHashMap<>();

    /** What was committed with the token and is alive at {@code now}, which is not before the last commit. */
    static Optional<RequestToken> find(RocksStore store, String token, Instant now) throws RocksDBException {
        int current = period(now);
        for (int period = current; period >= current - LIVING_PERIODS; period--) {
            byte[] found = store.getMeta(MetaKeys.requestToken(period, token));
            if (found != null) {
                Instant committed = Instant.EPOCH.plus(ByteBuffer.wrap(found).getLong(), ChronoUnit.MICROS);
                String fingerprint = HexFormat.of().formatHex(found, Long.BYTES, found.length);
                return committed.plus(Limits.REQUEST_TOKEN_LIFETIME).isAfter(now)
                        ? Optional.of(new RequestToken(token, fingerprint))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    void load(int period, long count) {
        counts.put(period, count);
    }

    long count() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    Changes changes(RocksStore.Batch batch) {
        return new Changes(batch);
    }

    /** Makes the counts those of changes that were written. */
    void accept(Changes changes) {
        counts.putAll(changes.counts);
        counts.keySet().retainAll(changes.counts.keySet());
    }

    private static int period(Instant time) {
        return Math.toIntExact(Math.floorDiv(time.getEpochSecond(), PERIOD_SECONDS));
    }

    /** What one batch of commits makes of the tokens. */
    final class Changes {
        private final RocksStore.Batch batch;
        private final Map<Integer, Long> counts = new HashMap<>(RequestTokens.this.counts);

        private Changes(RocksStore.Batch batch) {
            this.batch = batch;
        }

        void apply(JournalEntry entry) throws RocksDBException {
            int current = period(entry.commitTime());
            for (int period : counts.keySet().stream().sorted().toList()) {
                if (period < current - LIVING_PERIODS) {
                    batch.deleteMetaRange(MetaKeys.requestTokens(period), MetaKeys.requestTokens(period + 1));
                    batch.deleteMeta(MetaKeys.requestTokenCount(period));
                    counts.remove(period);
                }
            }
            RequestToken token = entry.requestToken();
            if (token != null) {
                byte[] value = ByteBuffer.allocate(Long.BYTES + RequestToken.FINGERPRINT_BYTES)
                        .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, entry.commitTime()))
                        .put(HexFormat.of().parseHex(token.fingerprint()))
                        .array();
                batch.putMeta(MetaKeys.requestToken(current, token.token()), value);
                counts.merge(current, 1L, Long::sum);
            }
        }

        /** Adds what is written once per batch. */
        void finish() throws RocksDBException {
            for (Map.Entry<Integer, Long> count : counts.entrySet()) {
                if (!count.getValue().equals(RequestTokens.this.counts.get(count.getKey()))) {
                    batch.putMeta(MetaKeys.requestTokenCount(count.getKey()), MetaKeys.ofLong(count.getValue()));
                }
            }
        }
    }
}
