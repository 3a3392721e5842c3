package io.tailrace.server.crash.linear;

/**
 * One call of a client and what came of it. It takes effect at one moment between its beginning and its end; without a result,
 * perhaps never.
 *
 * @param result null when the client was told nothing
 * @param ended when the result came, or what could still carry it out was gone; {@code Long.MAX_VALUE} for never
 */
record Operation<C, R>(String client, C call, R result, long began, long ended) {
    Operation {
        if (ended < began) {
            throw new IllegalArgumentException("from " + began + " to " + ended);
        }
    }

    /** Whether it surely took effect. */
    boolean isCertain() {
        return result != null;
    }

    @Override
    public String toString() {
        String end = ended == Long.MAX_VALUE ? "never ended" : Long.toString(ended);
        return "[" + began + ", " + end + "] " + client + ": " + call + " -> " + (result == null ? "?" : result);
    }
}
