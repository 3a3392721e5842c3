package io.tailrace.server.crash;

import java.util.List;

/** One request of a client, what came of it as far as the client knows, and when. Times are {@code System.nanoTime()}. */
final class Request {
    /** What the client knows. */
    enum Outcome {
        /** Sent, and no answer that says what came of it. */
        UNDECIDED,
        DONE,
        /** The server says that it did nothing, or never got it. */
        REFUSED
    }

    /** How its writes belong together. */
    enum Kind {
        SINGLE,
        /** Each write for itself. */
        BATCH,
        /** All writes or none. */
        TRANSACTION,
        READ,
        /** All that it saw was so at one moment. */
        SNAPSHOT
    }

    private final Kind kind;
    private volatile int life;
    private final List<Write> writes;
    private final long invoked;
    private volatile long returned = Long.MAX_VALUE;
    private volatile Outcome outcome = Outcome.UNDECIDED;
    private volatile List<Seen> seen = List.of();

    /** @param life in which life of the server it was sent */
    Request(Kind kind, int life, List<Write> writes) {
        this.kind = kind;
        this.life = life;
        this.writes = List.copyOf(writes);
        this.invoked = System.nanoTime();
    }

    /** The same request, by its token, in a later life. */
    void sentAgain(int laterLife) {
        life = laterLife;
    }

    void finish(Outcome known, List<Seen> shown) {
        returned = System.nanoTime();
        seen = List.copyOf(shown);
        outcome = known;
    }

    Kind kind() {
        return kind;
    }

    int life() {
        return life;
    }

    List<Write> writes() {
        return writes;
    }

    long invoked() {
        return invoked;
    }

    /** {@code Long.MAX_VALUE} while there is no answer. */
    long returned() {
        return returned;
    }

    Outcome outcome() {
        return outcome;
    }

    /** What the answer showed: of a write, the item before it, or the one that made its condition fail. */
    List<Seen> seen() {
        return seen;
    }

    @Override
    public String toString() {
        return kind + " of life " + life + ", " + outcome + ", " + writes + (seen.isEmpty() ? "" : ", saw " + seen);
    }
}
