package io.tailrace.conformance.generator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.conformance.Call;
import io.tailrace.conformance.Json;
import io.tailrace.conformance.Scenario;
import java.util.List;

/**
 * The operations on tables: right and wrong ones to create, to change and to describe them. Not among them: tags of tables that
 * there are, which DynamoDB Local does not have, and indexes that come or go.
 */
final class TableRequests implements RequestSource {
    private final Choice choice;
    private final List<Shape> shapes;
    private final Tables tables;

    TableRequests(Choice choice, List<Shape> shapes) {
        this.choice = choice;
        this.shapes = shapes;
        this.tables = new Tables(choice);
    }

    @Override
    public Call next() {
        return switch (choice.below(16)) {
            case 0, 1, 2 -> create();
            case 3, 4, 5, 6, 7 -> update();
            case 8 -> choice.oneIn(2) ? new Call("DeleteTable", named()) : describe();
            case 9 -> list();
            case 10, 11, 12 -> timeToLive();
            default -> describe();
        };
    }

    private Call describe() {
        return new Call("DescribeTable", named());
    }

    /** The name of a table that there is, most of the time. */
    private ObjectNode named() {
        return Json.object(
                "TableName", choice.oneIn(12) ? Scenario.TABLE_PREFIX + choice.of("Z", "C", "D") : tableName());
    }

    private String tableName() {
        return choice.of(shapes).name();
    }

    private Call create() {
        ObjectNode body = tables.create(tables.shape(choice.of('A', 'C', 'D', 'E')));
        for (int i = choice.of(0, 1, 1, 2); i > 0; i--) {
            spoil(body);
        }
        settings(body);
        return new Call("CreateTable", body);
    }

    private void settings(ObjectNode body) {
        if (choice.oneIn(6)) {
            body.put("DeletionProtectionEnabled", choice.oneIn(3));
        }
        if (choice.oneIn(6)) {
            streamSpecification(body);
        }
        if (choice.oneIn(8)) {
            addTags(body);
        }
    }

    private void streamSpecification(ObjectNode body) {
        ObjectNode stream = body.putObject("StreamSpecification").put("StreamEnabled", !choice.oneIn(4));
        if (!choice.oneIn(5)) {
            stream.put(
                    "StreamViewType",
                    choice.of(
                            "KEYS_ONLY",
                            "NEW_IMAGE",
                            "OLD_IMAGE",
                            "NEW_AND_OLD_IMAGES",
                            choice.oneIn(8) ? "ALL" : "KEYS_ONLY"));
        }
    }

    /** Makes one thing wrong, or another one right. */
    private void spoil(ObjectNode body) {
        ArrayNode definitions = body.withArray("/AttributeDefinitions");
        ArrayNode key = body.withArray("/KeySchema");
        switch (choice.below(18)) {
            case 0 -> definitions.addObject().put("AttributeName", "unused").put("AttributeType", "S");
            case 1 -> definitions.remove(0);
            case 2 -> definitions.add(definitions.path(0).deepCopy());
            case 3 -> ((ObjectNode) definitions.path(0)).put("AttributeType", choice.of("SS", "X", "BOOL", "s", ""));
            case 4 -> key.addObject().put("AttributeName", "third").put("KeyType", "RANGE");
            case 5 -> ((ObjectNode) key.path(0)).put("KeyType", choice.of("RANGE", "HASHX", ""));
            case 6 -> ((ObjectNode) key.path(0)).put("AttributeName", choice.of("a", "missing", "", "x".repeat(256)));
            case 7 -> key.removeAll();
            case 8 -> body.put("BillingMode", choice.of("PROVISIONED", "PAY_PER_REQUEST", "FREE"));
            case 9 -> throughput(body, choice.of(0, 1, 5, -1));
            case 10 -> body.remove("BillingMode");
            case 11 -> body.put("TableName", choice.of("", "ab", "a", "bad name", "x".repeat(256), tableName()));
            case 12 -> index(body, "LocalSecondaryIndexes");
            case 13 -> index(body, "GlobalSecondaryIndexes");
            case 14 -> indexes(body, "LocalSecondaryIndexes", choice.of(5, 6));
            case 15 -> body.putArray(choice.of("LocalSecondaryIndexes", "GlobalSecondaryIndexes"));
            case 16 -> body.put("TableClass", choice.of("STANDARD", "GLACIER"));
            default -> spoilIndex(body);
        }
    }

    private void throughput(ObjectNode body, int units) {
        body.putObject("ProvisionedThroughput").put("ReadCapacityUnits", units).put("WriteCapacityUnits", 1);
    }

    /** One more index, on attributes that are defined. */
    private void index(ObjectNode body, String member) {
        ObjectNode index = body.withArray("/" + member).addObject();
        index.put("IndexName", choice.of("Global", "Local", "Other", "ab", "bad name"));
        ArrayNode key = index.putArray("KeySchema");
        key.addObject()
                .put(
                        "AttributeName",
                        body.path("KeySchema").path(0).path("AttributeName").asText())
                .put("KeyType", "HASH");
        if (choice.oneIn(2)) {
            key.addObject().put("AttributeName", choice.of("a", "sk", "n")).put("KeyType", "RANGE");
        }
        ObjectNode projection = index.putObject("Projection");
        projection.put("ProjectionType", choice.of("ALL", "KEYS_ONLY", "INCLUDE", "SOME"));
        if (choice.oneIn(3)) {
            projection.putArray("NonKeyAttributes").add("c").add(choice.of("c", "m", ""));
        }
    }

    private static void indexes(ObjectNode body, String member, int count) {
        ArrayNode indexes = body.putArray(member);
        for (int i = 0; i < count; i++) {
            ObjectNode index = indexes.addObject().put("IndexName", "Index" + i);
            index.set("KeySchema", body.path("KeySchema"));
            index.putObject("Projection").put("ProjectionType", "ALL");
        }
    }

    private void spoilIndex(ObjectNode body) {
        String member = choice.of("LocalSecondaryIndexes", "GlobalSecondaryIndexes");
        if (body.path(member).path(0) instanceof ObjectNode index) {
            switch (choice.below(6)) {
                case 0 -> index.remove("Projection");
                case 1 -> index.putObject("Projection");
                case 2 -> index.remove("KeySchema");
                case 3 -> index.putArray("KeySchema");
                case 4 -> index.put("IndexName", choice.of("", "ab", "bad name", "x".repeat(256)));
                default -> throughput(index, choice.of(0, 1));
            }
        }
    }

    private Call update() {
        ObjectNode body = named();
        for (int i = choice.of(0, 1, 1, 1, 1, 2); i > 0; i--) {
            change(body);
        }
        return new Call("UpdateTable", body);
    }

    private void change(ObjectNode body) {
        switch (choice.below(7)) {
            case 0 -> body.put("BillingMode", choice.of("PAY_PER_REQUEST", "PROVISIONED", "X"));
            case 1 -> throughput(body, choice.of(1, 2, 5, 0));
            case 2 -> {
                body.put("BillingMode", "PROVISIONED");
                throughput(body, choice.of(1, 2, 5, 0));
            }
            case 3 -> body.put("DeletionProtectionEnabled", choice.oneIn(2));
            case 4 -> streamSpecification(body);
            case 5 -> body.put("TableClass", choice.of("STANDARD", "X"));
            default ->
                throughput(
                        body.withArray("/GlobalSecondaryIndexUpdates")
                                .addObject()
                                .putObject("Update")
                                .put("IndexName", choice.of("Global", "Global", "Nowhere")),
                        choice.of(1, 2, 9, 0));
        }
    }

    private Call list() {
        ObjectNode body = Json.object();
        if (choice.oneIn(2)) {
            body.put("Limit", choice.of(1, 2, 100, 0, 101));
        }
        if (choice.oneIn(2)) {
            body.put(
                    "ExclusiveStartTableName",
                    choice.of(Scenario.TABLE_PREFIX + "A", Scenario.TABLE_PREFIX + "B0", "", "ab"));
        }
        return new Call("ListTables", body);
    }

    private void addTags(ObjectNode body) {
        ArrayNode tags = body.putArray("Tags");
        for (int i = choice.of(0, 1, 1, 2); i > 0; i--) {
            tags.addObject()
                    .put("Key", choice.of("owner", "stage", "größe", choice.oneIn(10) ? "" : "x", "x".repeat(128)))
                    .put("Value", choice.of("a", "", "b c", "x".repeat(choice.of(256, 257))));
        }
    }

    private Call timeToLive() {
        ObjectNode body = named();
        if (choice.oneIn(3)) {
            return new Call("DescribeTimeToLive", body);
        }
        ObjectNode specification = body.putObject("TimeToLiveSpecification");
        specification.put("Enabled", !choice.oneIn(3));
        specification.put("AttributeName", choice.of("expires", "expires", "ttl", choice.oneIn(10) ? "" : "n"));
        return new Call("UpdateTimeToLive", body);
    }
}
