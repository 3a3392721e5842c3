package io.tailrace.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Runs scenarios on both services, each time on new tables, and compares the answers. */
final class Runner {
    private static final int MAX_PAGES = 500;
    private static final long INDEX_LAG_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long SHRINKING_INDEX_LAG_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Endpoint local;
    private final Endpoint tailrace;
    private final AcceptedDifferences accepted;
    private final AtomicInteger runs = new AtomicInteger();
    private long indexLagNanos = INDEX_LAG_NANOS;

    Runner(Endpoint local, Endpoint tailrace, AcceptedDifferences accepted) {
        this.local = local;
        this.tailrace = tailrace;
        this.accepted = accepted;
    }

    /** From now on waits only a little for indexes: for shrinking, where a scenario that does not differ any more waits in vain. */
    void hurry() {
        indexLagNanos = SHRINKING_INDEX_LAG_NANOS;
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
                        && (expected.isOk() != difference.get().actual().isOk() || expected.status() >= 500);
                if (tablesMayDiffer || expected.isOk() && AcceptedDifference.mayDivergeSilently(call)) {
                    break;
                }
            }
        } finally {
            dropTables(scenario, prefix);
        }
        return differences;
    }

    /** Reads of global indexes may lag behind, so they are repeated until they agree or the time is over. */
    private Optional<Difference> difference(Call call, Answer expected, String prefix) {
        long deadlineNanos = System.nanoTime() + indexLagNanos;
        while (true) {
            Answer actual = execute(tailrace, call, prefix);
            Optional<Difference> difference = AnswerComparison.compare(call, expected, actual);
            boolean settled = difference.isEmpty()
                    || !call.readsIndex()
                    || isRefused(actual)
                    || actual.isOk() && accepted.covers(difference.get());
            if (settled || System.nanoTime() > deadlineNanos) {
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
            Call drop = new Call("DeleteTable", Json.object("TableName", table));
            execute(local, drop, prefix);
            execute(tailrace, drop, prefix);
        }
    }

    private static Answer execute(Endpoint endpoint, Call call, String prefix) {
        if (!call.allPages()) {
            return send(endpoint, call.operation(), call.body(), prefix);
        }
        ObjectNode request = call.body().deepCopy();
        ObjectNode merged = Json.object();
        ArrayNode items = merged.putArray("Items");
        long count = 0;
        long scannedCount = 0;
        for (int page = 0; page < MAX_PAGES; page++) {
            Answer answer = send(endpoint, call.operation(), request, prefix);
            if (!answer.isOk()) {
                return answer;
            }
            answer.body().path("Items").forEach(items::add);
            count += answer.body().path("Count").asLong();
            scannedCount += answer.body().path("ScannedCount").asLong();
            JsonNode next = answer.body().get("LastEvaluatedKey");
            if (next == null) {
                merged.put("Count", count);
                merged.put("ScannedCount", scannedCount);
                return new Answer(200, merged);
            }
            request.set("ExclusiveStartKey", next);
        }
        throw new IllegalStateException(call + " does not end");
    }

    private static Answer send(Endpoint endpoint, String operation, ObjectNode body, String prefix) {
        String request = body.toString().replace(Scenario.TABLE_PREFIX, prefix);
        Answer answer = endpoint.call(operation, request);
        String text = answer.body().toString().replace(prefix, Scenario.TABLE_PREFIX);
        return new Answer(answer.status(), Json.parse(text));
    }
}
