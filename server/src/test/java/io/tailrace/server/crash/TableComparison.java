package io.tailrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.IndexStatus;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/** What tables and their indexes show by the API, beside what the journal says must be there. */
final class TableComparison {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long PAUSE_NANOS = 100_000_000;

    /** What a table showed. */
    private record Shown(long itemCount, List<Item> items, Map<String, List<Item>> indexes) {}

    private final ApiClient api;
    private final Map<String, Shown> tables = new HashMap<>();

    TableComparison(ApiClient api) {
        this.api = api;
    }

    /** Waits until no index is on its way: what becomes active after it was read would count as not shown. */
    void awaitIndexes() throws IOException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        for (String name : names()) {
            while (!settled(describe(name)) && System.nanoTime() < deadline) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static boolean settled(JsonNode table) {
        for (JsonNode index : table.path("GlobalSecondaryIndexes")) {
            if (!index.get("IndexStatus").asText().equals("ACTIVE")) {
                return false;
            }
        }
        return true;
    }

    private JsonNode describe(String name) throws IOException {
        return ok(api.call("DescribeTable", table(name))).get("Table");
    }

    /** Reads everything. */
    void read() throws IOException {
        for (String name : names()) {
            JsonNode table = describe(name);
            Map<String, List<Item>> indexes = new HashMap<>();
            for (JsonNode index : table.path("LocalSecondaryIndexes")) {
                String indexName = index.get("IndexName").asText();
                indexes.put(
                        indexName, scan(table(name).put("IndexName", indexName).put("ConsistentRead", true)));
            }
            for (JsonNode index : table.path("GlobalSecondaryIndexes")) {
                String indexName = index.get("IndexName").asText();
                if (index.get("IndexStatus").asText().equals("ACTIVE")) {
                    indexes.put(indexName, scan(table(name).put("IndexName", indexName)));
                }
            }
            List<Item> items = scan(table(name).put("ConsistentRead", true));
            tables.put(name, new Shown(table.get("ItemCount").asLong(), items, indexes));
        }
    }

    void compare(Story story, Problems problems) {
        Set<String> expected = new TreeSet<>();
        story.catalog().tables().forEach(table -> expected.add(table.name()));
        if (!expected.equals(new TreeSet<>(tables.keySet()))) {
            problems.add("the tables are %s, and should be %s", tables.keySet(), expected);
            return;
        }
        Map<String, List<Item>> contents = new HashMap<>();
        story.contents()
                .forEach((slot, item) -> contents.computeIfAbsent(slot.table().name(), none -> new ArrayList<>())
                        .add(item));
        for (TableDefinition table : story.catalog().tables()) {
            compare(table, contents.getOrDefault(table.name(), List.of()), problems);
        }
    }

    private void compare(TableDefinition table, List<Item> expected, Problems problems) {
        Shown shown = tables.get(table.name());
        compare(table.name(), expected, shown.items(), problems);
        if (shown.itemCount() != expected.size()) {
            problems.add("%s counts %d items, and has %d", table.name(), shown.itemCount(), expected.size());
        }
        List<IndexDefinition> indexes = new ArrayList<>(table.localSecondaryIndexes());
        indexes.addAll(table.globalSecondaryIndexes());
        for (IndexDefinition index : indexes) {
            List<Item> found = shown.indexes().get(index.name());
            if (found != null) {
                String attribute = index.name().equals(TableSpec.LOCAL_INDEX) ? "l" : "g";
                List<Item> entries = expected.stream()
                        .filter(item -> item.has(attribute))
                        .map(item -> projected(item, index, attribute))
                        .toList();
                compare(index.name() + " of " + table.name(), entries, found, problems);
            } else if (index.status() == IndexStatus.ACTIVE) {
                problems.add("%s of %s was not shown", index.name(), table.name());
            }
        }
    }

    private static Item projected(Item item, IndexDefinition index, String attribute) {
        return switch (index.projection().type()) {
            case ALL -> item;
            case KEYS_ONLY -> item.project(List.of("pk", "sk", attribute));
            case INCLUDE -> throw new IllegalStateException("the workload has no such index: " + index);
        };
    }

    private static void compare(String what, List<Item> expected, List<Item> found, Problems problems) {
        Set<Item> missing = new HashSet<>(expected);
        Set<Item> more = new HashSet<>(found);
        if (more.size() != found.size()) {
            problems.add("%s has an item twice: %s", what, found);
        }
        more.removeAll(missing);
        found.forEach(missing::remove);
        if (!missing.isEmpty() || !more.isEmpty()) {
            problems.add("%s lacks %s and has instead %s", what, missing, more);
        }
    }

    private List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        String after = null;
        do {
            ObjectNode request = Json.object();
            if (after != null) {
                request.put("ExclusiveStartTableName", after);
            }
            JsonNode page = ok(api.call("ListTables", request));
            page.get("TableNames").forEach(name -> names.add(name.asText()));
            after = page.path("LastEvaluatedTableName").asText(null);
        } while (after != null);
        return names;
    }

    private List<Item> scan(ObjectNode request) throws IOException {
        List<Item> items = new ArrayList<>();
        JsonNode after = null;
        do {
            if (after != null) {
                request.set("ExclusiveStartKey", after);
            }
            JsonNode page = patiently(request);
            page.get("Items").forEach(item -> items.add(Json.item(item)));
            after = page.get("LastEvaluatedKey");
        } while (after != null);
        return items;
    }

    /** Global indexes may not be up yet. */
    private JsonNode patiently(ObjectNode request) throws IOException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        boolean wait = !request.has("ConsistentRead");
        ApiClient.Reply reply = wait ? api.callWithIndexes("Scan", request) : api.call("Scan", request);
        while (reply.status() == 500 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE_NANOS);
            reply = wait ? api.callWithIndexes("Scan", request) : api.call("Scan", request);
        }
        return ok(reply);
    }

    private static ObjectNode table(String name) {
        return Json.object().put("TableName", name);
    }

    private static JsonNode ok(ApiClient.Reply reply) {
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
        return reply.body();
    }
}
