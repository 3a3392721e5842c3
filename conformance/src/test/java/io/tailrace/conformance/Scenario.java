package io.tailrace.conformance;

import java.util.List;

/**
 * Requests in their order, on tables that are the scenario's own.
 *
 * @param seed what it was generated from
 */
public record Scenario(long seed, List<Call> calls) {
    /** What every table name of a scenario begins with; each run puts a prefix of its own in its place. */
    public static final String TABLE_PREFIX = "run-000000-";

    /** What every ARN of a table begins with; each service has one of its own. */
    public static final String ARN_PREFIX = "arn:aws:dynamodb:us-east-0:000000000000:table/";

    public Scenario {
        calls = List.copyOf(calls);
    }

    Scenario withCalls(List<Call> newCalls) {
        return new Scenario(seed, newCalls);
    }
}
