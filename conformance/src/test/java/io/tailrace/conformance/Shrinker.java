package io.tailrace.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Makes a failing scenario short: leaves out calls, then members and elements of what remains, as long as it still fails.
 * Deterministic, and bounded in the number of its tries.
 */
final class Shrinker {
    private final Predicate<Scenario> fails;
    private int triesLeft;

    Shrinker(Predicate<Scenario> fails, int maxTries) {
        this.fails = fails;
        this.triesLeft = maxTries;
    }

    Scenario shrink(Scenario scenario) {
        Scenario current = scenario;
        boolean smaller = true;
        while (smaller && triesLeft > 0) {
            Scenario next = shrinkBodies(shrinkCalls(current));
            smaller = !next.equals(current);
            current = next;
        }
        return current;
    }

    /** Leaves out ever smaller runs of calls. */
    private Scenario shrinkCalls(Scenario scenario) {
        Scenario current = scenario;
        for (int length = Math.max(1, scenario.calls().size() / 2); length >= 1; length /= 2) {
            int from = current.calls().size() - length;
            while (from >= 0) {
                List<Call> fewer = new ArrayList<>(current.calls());
                fewer.subList(from, from + length).clear();
                Scenario candidate = current.withCalls(fewer);
                if (stillFails(candidate)) {
                    current = candidate;
                }
                from = Math.min(from - length, current.calls().size() - length);
            }
        }
        return current;
    }

    private Scenario shrinkBodies(Scenario scenario) {
        Scenario current = scenario;
        for (int i = 0; i < current.calls().size(); i++) {
            boolean smaller = true;
            while (smaller) {
                smaller = false;
                for (ObjectNode body : smallerBodies(current.calls().get(i).body())) {
                    List<Call> calls = new ArrayList<>(current.calls());
                    calls.set(i, calls.get(i).withBody(body));
                    Scenario candidate = current.withCalls(calls);
                    if (stillFails(candidate)) {
                        current = candidate;
                        smaller = true;
                        break;
                    }
                }
            }
        }
        return current;
    }

    private boolean stillFails(Scenario candidate) {
        return triesLeft-- > 0 && fails.test(candidate);
    }

    /** The body without one of its parts, whatever their depth. */
    private static List<ObjectNode> smallerBodies(ObjectNode body) {
        List<ObjectNode> smaller = new ArrayList<>();
        for (JsonNode node : without(body)) {
            smaller.add((ObjectNode) node);
        }
        return smaller;
    }

    private static List<JsonNode> without(JsonNode node) {
        List<JsonNode> smaller = new ArrayList<>();
        if (node instanceof ObjectNode object) {
            object.fieldNames()
                    .forEachRemaining(name -> smaller.add(object.deepCopy().without(name)));
            object.properties()
                    .forEach(member -> without(member.getValue())
                            .forEach(value -> smaller.add(object.deepCopy().set(member.getKey(), value))));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                ArrayNode fewer = array.deepCopy();
                fewer.remove(i);
                smaller.add(fewer);
            }
            for (int i = 0; i < array.size(); i++) {
                for (JsonNode value : without(array.get(i))) {
                    ArrayNode other = array.deepCopy();
                    other.set(i, value);
                    smaller.add(other);
                }
            }
        } else if (node.isTextual() && node.asText().length() > 8) {
            smaller.add(
                    Json.NODES.textNode(node.asText().substring(0, node.asText().length() / 2)));
        }
        return smaller;
    }
}
