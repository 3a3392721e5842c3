package io.tailrace.server.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the bytes of all answers that are ready and not taken by their clients yet. When there are more, the connections go
 * whose clients have taken nothing for the longest time: those who read pay nothing for those who do not.
 */
final class UnsentAnswers {
    private final long maxBytes;
    private final AtomicLong heldBytes = new AtomicLong();
    private final Set<Account> waiting = ConcurrentHashMap.newKeySet();

    UnsentAnswers(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** @param close closes the connection soon, called from any thread */
    Account open(Runnable close) {
        return new Account(close);
    }

    long heldBytes() {
        return heldBytes.get();
    }

    private void closeSlowest() {
        List<Slow> slowest = new ArrayList<>();
        waiting.forEach(account -> slowest.add(new Slow(account, account.progressNanos)));
        long now = System.nanoTime();
        slowest.sort(Comparator.comparingLong(slow -> slow.progressNanos - now));
        long excess = heldBytes.get() - maxBytes;
        for (Slow slow : slowest) {
            if (excess <= 0) {
                return;
            }
            excess -= slow.account.bytes;
            slow.account.close.run();
        }
    }

    /** An account with its time as it was when they were compared. */
    private record Slow(Account account, long progressNanos) {}

    /** What one connection holds. Changed on its own thread only. */
    final class Account {
        private final Runnable close;
        private volatile long bytes;
        private volatile long progressNanos;

        private Account(Runnable close) {
            this.close = close;
        }

        /** An answer is ready. */
        void add(long answerBytes) {
            set(bytes + answerBytes);
            heldBytes.addAndGet(answerBytes);
        }

        /** An answer is out, or will never be. */
        void remove(long answerBytes) {
            set(bytes - answerBytes);
            heldBytes.addAndGet(-answerBytes);
            progressNanos = System.nanoTime();
            if (bytes == 0) {
                waiting.remove(this);
            }
        }

        /** What the client takes at once is out by now. */
        void settle() {
            if (bytes == 0) {
                return;
            }
            if (!waiting.contains(this)) {
                progressNanos = System.nanoTime();
                waiting.add(this);
            }
            if (heldBytes.get() > maxBytes) {
                closeSlowest();
            }
        }

        private void set(long held) {
            if (held < 0) {
                throw new IllegalStateException("more bytes of answers removed than added");
            }
            bytes = held;
        }
    }
}
