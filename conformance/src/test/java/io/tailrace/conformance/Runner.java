package io.tailrace.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Runs scenarios on both services, each time on new tables, and compares the answers. */
final class Runner {
    private static final int MAX_PAGES = 500;
    private static final long INDEX_LAG_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long SHORT_INDEX_LAG_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Endpoint local;
    private final Endpoint tailrace;
    private final AcceptedDifferences accepted;
    private final AtomicInteger runs = new AtomicInteger();
    private final Set<String> waitedInVain = new HashSet<>();
    private long indexLagNanos = INDEX_LAG_NANOS;

    Runner(Endpoint local, Endpoint tailrace, AcceptedDifferences accepted) {
        this.local = local;
        this.tailrace = tailrace;
        this.accepted = accepted;
    }

    /** From now on waits only a little for indexes: for shrinking, where a scenario that does not differ any more waits in vain. */
    void hurry() {
        indexLagNanos = SHORT_INDEX_LAG_NANOS;
    }

    /** The differences of a scenario that nobody has accepted, in the order of its calls. */
    List<Difference> run(Scenario scenario) {
        String prefix = String.format("run-%06x-", runs.incrementAndGet());
        List<Difference> differences = new ArrayList<>();
        try {
            for (Call call : scenario.calls()) {
                Answer expected = execute(local, call, prefix);
                Optional<Difference> difference = difference(call, expected, prefix);
                difference.flatMap(accepted::unaccepted).ifPresent(differences::add);
                boolean tablesMayDiffer = !call.isRead()
                        && difference.isPresent()
                        && difference.get().mayLeaveOtherItems();
                if (tablesMayDiffer || AcceptedDifference.mayDivergeSilently(call, expected)) {
                    break;
                }
            }
        } finally {
            dropTables(scenario, prefix);
        }
        return differences;
    }

    /**
     * Reads of global indexes may lag behind, so they are repeated until they agree or the time is over; it is waited in vain
     * for each kind of difference only once.
     */
    private Optional<Difference> difference(Call call, Answer expected, String prefix) {
        long startNanos = System.nanoTime();
        while (true) {
            Answer actual = execute(tailrace, call, prefix);
            Optional<Difference> difference = AnswerComparison.compare(call, expected, actual);
            boolean settled = difference.isEmpty()
                    || !call.readsIndex()
                    || isRefused(actual)
                    || actual.isOk() && accepted.covers(difference.get());
            if (settled) {
                return difference;
            }
            String signature = difference.get().signature();
            long lagNanos = waitedInVain.contains(signature) ? SHORT_INDEX_LAG_NANOS : indexLagNanos;
            if (System.nanoTime() - startNanos > lagNanos) {
                waitedInVain.add(signature);
                return difference;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Refusals do not depend on what an index holds; failures of the server, for a start, do. */
    private static boolean isRefused(Answer answer) {
        return answer.status() >= 400 && answer.status() < 500;
    }

    private void dropTables(Scenario scenario, String prefix) {
        TreeSet<String> tables = new TreeSet<>();
        for (Call call : scenario.calls()) {
            if (call.operation().equals("CreateTable")) {
                tables.add(call.body().path("TableName").asText());
            }
        }
        for (String table : tables) {
            drop(local, table, prefix);
            drop(tailrace, table, prefix);
        }
    }

    private static void drop(Endpoint endpoint, String table, String prefix) {
        ObjectNode name = Json.object("TableName", table);
        if (send(endpoint, "DeleteTable", name, prefix).message().contains("protect")) {
            send(endpoint, "UpdateTable", name.deepCopy().put("DeletionProtectionEnabled", false), prefix);
            send(endpoint, "DeleteTable", name, prefix);
        }
    }

    private static Answer execute(Endpoint endpoint, Call call, String prefix) {
        return switch (call.extent()) {
            case ONCE -> send(endpoint, call.operation(), call.body(), prefix);
            case ALL_PAGES -> allPages(endpoint, call, call.body(), prefix);
            case ALL_SEGMENTS -> allSegments(endpoint, call, prefix);
        };
    }

    private static Answer allSegments(Endpoint endpoint, Call call, String prefix) {
        Answer all = null;
        int segments = call.body().path("TotalSegments").asInt();
        for (int segment = 0; segment < segments; segment++) {
            Answer answer = allPages(endpoint, call, call.body().deepCopy().put("Segment", segment), prefix);
            if (!answer.isOk()) {
                return answer;
            }
            all = all == null ? answer : merged(all, answer);
        }
        return all == null ? send(endpoint, call.operation(), call.body(), prefix) : all;
    }

    private static Answer allPages(Endpoint endpoint, Call call, ObjectNode body, String prefix) {
        boolean statement = call.operation().equals("ExecuteStatement");
        String marker = statement ? "NextToken" : "LastEvaluatedKey";
        ObjectNode request = body.deepCopy();
        Answer all = null;
        for (int page = 0; page < MAX_PAGES; page++) {
            Answer answer = send(endpoint, call.operation(), request, prefix);
            if (!answer.isOk()) {
                return answer;
            }
            JsonNode next = answer.body().get(marker);
            all = all == null ? merged(new Answer(200, Json.object()), answer) : merged(all, answer);
            if (next == null) {
                return all;
            }
            request.set(statement ? "NextToken" : "ExclusiveStartKey", next);
        }
        throw new IllegalStateException(call + " does not end");
    }

    /** The items of both, and the sums of what they count. */
    private static Answer merged(Answer one, Answer other) {
        ObjectNode merged = Json.object();
        ArrayNode items = merged.putArray("Items");
        one.body().path("Items").forEach(items::add);
        other.body().path("Items").forEach(items::add);
        for (String counter : List.of("Count", "ScannedCount")) {
            merged.put(
                    counter,
                    one.body().path(counter).asLong()
                            + other.body().path(counter).asLong());
        }
        return new Answer(200, merged);
    }

    private static Answer send(Endpoint endpoint, String operation, ObjectNode body, String prefix) {
        String request = body.toString()
                .replace(Scenario.ARN_PREFIX, endpoint.arnPrefix())
                .replace(Scenario.TABLE_PREFIX, prefix);
        Answer answer = endpoint.call(operation, request);
        String text = answer.body()
                .toString()
                .replace(prefix, Scenario.TABLE_PREFIX)
                .replace(endpoint.arnPrefix(), Scenario.ARN_PREFIX);
        return new Answer(answer.status(), Json.parse(text));
    }
}
