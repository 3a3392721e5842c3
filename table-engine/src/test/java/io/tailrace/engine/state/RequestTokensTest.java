package io.tailrace.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.catalog.StreamTimes;
import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.journal.RequestToken;
import io.tailrace.engine.limits.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shows that request tokens are found for their lifetime, are gone from the files soon after it, and survive a restart. */
class RequestTokensTest {
    private static final Instant START = Instant.parse("2026-05-17T10:04:59.999999Z");
    private static final Duration MICRO = Duration.ofNanos(1000);

    @TempDir
    Path dir;

    @Test
    void aTokenLivesForItsTimeAndNotLonger() throws IOException {
        try (TableState state = open()) {
            state.apply(List.of(commit(1, START, "a")));
            Instant end = START.plus(Limits.REQUEST_TOKEN_LIFETIME);
            assertThat(find(state, "a", START)).contains(token("a"));
            assertThat(find(state, "a", end.minus(MICRO))).contains(token("a"));
            assertThat(find(state, "a", end)).isEmpty();
            assertThat(find(state, "b", START)).isEmpty();
        }
    }

    @Test
    void tokensAreFoundAtEveryAgeWhateverCommitsCameBetween() throws IOException {
        try (TableState state = open()) {
            long sequence = 1;
            state.apply(List.of(commit(sequence, START, "a")));
            for (int second = 7; second < Limits.REQUEST_TOKEN_LIFETIME.toSeconds(); second += 7) {
                Instant now = START.plusSeconds(second);
                state.apply(List.of(commit(++sequence, now, "b" + second), commit(++sequence, now, null)));
                assertThat(find(state, "a", now)).contains(token("a"));
            }
        }
    }

    @Test
    void oldOnesAreRemoved() throws IOException {
        try (TableState state = open()) {
            long sequence = 0;
            for (int minute = 0; minute < 120; minute++) {
                state.apply(List.of(commit(++sequence, START.plus(Duration.ofMinutes(minute)), "t" + minute)));
                assertThat(state.requestTokenCount()).isBetween(1L, 15L);
            }
            state.apply(List.of(commit(++sequence, START.plus(Duration.ofHours(3)), null)));
            assertThat(state.requestTokenCount()).isZero();
            state.apply(List.of(commit(++sequence, START.plus(Duration.ofHours(4)), "t5")));
            assertThat(state.requestTokenCount()).isEqualTo(1);
            assertThat(find(state, "t5", START.plus(Duration.ofHours(4)))).isPresent();
        }
    }

    @Test
    void theStateIsReadAgainWithItsTokens() throws IOException {
        try (TableState state = open()) {
            state.apply(List.of(commit(1, START, "a"), commit(2, START.plusSeconds(301), "b")));
            state.flush();
        }
        try (TableState state = open()) {
            assertThat(state.requestTokenCount()).isEqualTo(2);
            assertThat(find(state, "a", START.plusSeconds(302))).contains(token("a"));
            state.apply(List.of(commit(3, START.plus(Duration.ofHours(1)), null)));
            assertThat(state.requestTokenCount()).isZero();
        }
    }

    private TableState open() throws IOException {
        return TableState.open(dir, () -> {}, StreamTimes.DEFAULT, BlockCache.OWN);
    }

    private static RequestToken token(String token) {
        return new RequestToken(token, "0b".repeat(RequestToken.FINGERPRINT_BYTES));
    }

    private static JournalEntry commit(long sequence, Instant time, String token) {
        return new JournalEntry(sequence, time, List.of(), null, token == null ? null : token(token));
    }

    private static Optional<RequestToken> find(TableState state, String token, Instant now) {
        try (StateView view = state.view(false)) {
            return view.requestToken(token, now);
        }
    }
}
