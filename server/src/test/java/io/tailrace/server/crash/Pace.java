package io.tailrace.server.crash;

/**
 * How much happens in a life of a server.
 *
 * @param shardRollInterval once in most lives, or in some
 * @param writesPerStep the clients of items stop after so many in a life that ends at a step
 */
record Pace(String shardRollInterval, long writesPerStep) {
    static final Pace ORDINARY = new Pace("3s", 1_500);
    /** For many lives. */
    static final Pace BRIEF = new Pace("2s", 300);
}
