package io.tailrace.conformance.generator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.conformance.Call;
import io.tailrace.conformance.Json;
import io.tailrace.conformance.Scenario;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** ExecuteStatement, BatchExecuteStatement and ExecuteTransaction. */
final class StatementRequests implements RequestSource {
    private static final int ATTEMPTS = 12;
    private static final List<String> BROKEN = List.of(
            "",
            " ",
            "SELECT",
            "SELECT * FROM",
            "SELECT * FROM \"nowhere\"",
            "SELEC * FROM x",
            "DROP TABLE x",
            "SELECT * FROM \"T\" WHERE",
            "SELECT * FROM \"T\" WHERE pk = 'a' LIMIT 1",
            "SELECT COUNT(*) FROM \"T\"",
            "SELECT * FROM \"T\" WHERE pk LIKE 'a%'",
            "SELECT * FROM \"T\" GROUP BY pk",
            "SELECT * FROM \"T\", \"T\"",
            "INSERT INTO \"T\" VALUE 1",
            "INSERT INTO \"T\" VALUE {}",
            "INSERT INTO \"T\" VALUE {'pk': ?}",
            "UPDATE \"T\" SET a = 1",
            "UPDATE \"T\" WHERE pk = 'a'",
            "DELETE FROM \"T\"",
            "DELETE FROM \"T\" WHERE a = 1",
            "EXISTS(SELECT * FROM \"T\" WHERE pk = 'a')",
            "SELECT * FROM \"T\" WHERE pk = ?",
            "SELECT * FROM \"T\" WHERE nope(pk)",
            "SELECT * FROM \"T\" WHERE begins_with(pk)",
            "SELECT * FROM \"T\".\"Nowhere\" WHERE a = 'a'",
            "SELECT a, a FROM \"T\"",
            "SELECT a.b, a FROM \"T\"");

    private final Choice choice;
    private final List<Shape> shapes;
    private final Statements statements;
    private final RequestParts parts;

    StatementRequests(Choice choice, List<Shape> shapes) {
        this.choice = choice;
        this.shapes = shapes;
        Values values = new Values(choice);
        Attributes attributes = new Attributes(choice, values);
        this.statements = new Statements(choice, values, attributes);
        this.parts = new RequestParts(choice, values, attributes);
    }

    @Override
    public Call next() {
        return switch (choice.below(10)) {
            case 0 -> batch();
            case 1, 2 -> transaction();
            case 3, 4, 5, 6 -> select(choice.of(shapes));
            default -> write(choice.of(shapes));
        };
    }

    private Call select(Shape shape) {
        Shape.Index index = !shape.indexes().isEmpty() && choice.oneIn(3) ? choice.of(shape.indexes()) : null;
        List<Shape.Attribute> key = index == null ? shape.key() : index.key();
        Statements.Statement statement = statements.select(shape, index, key);
        Call.Extent extent = choice.oneIn(3) ? Call.Extent.ALL_PAGES : Call.Extent.ONCE;
        ObjectNode body = Json.object();
        if (choice.oneIn(40)) {
            body.put("Statement", choice.of(BROKEN).replace("\"T\"", "\"" + shape.name() + "\""));
        } else {
            statement.addTo(body);
        }
        if (choice.oneIn(3)) {
            body.put("Limit", choice.oneIn(20) ? 0 : choice.between(1, 4));
        }
        if (choice.oneIn(60)) {
            body.put("NextToken", choice.of("", "x", "AAAA"));
        }
        parts.consistentRead(body);
        if (extent == Call.Extent.ONCE) {
            parts.capacity(body);
        }
        return new Call("ExecuteStatement", body).with(extent).with(order(statement.text(), index, key));
    }

    /** What is known of the order of what a statement returns. */
    private static Call.Order order(String text, Shape.Index index, List<Shape.Attribute> key) {
        boolean query =
                text.matches("(?s).* WHERE \"?\\Q" + key.get(0).name() + "\\E\"? = .*") && !text.contains(" OR ");
        if (!query) {
            return Call.Order.ANY;
        }
        if (index == null || !index.global()) {
            return Call.Order.FIXED;
        }
        // Without the sort key among the columns, ties cannot be seen.
        return key.size() > 1 && text.startsWith("SELECT * ")
                ? Call.Order.by(key.get(1).name())
                : Call.Order.ANY;
    }

    private Call write(Shape shape) {
        ObjectNode body = Json.object();
        writing(shape, new HashSet<>()).addTo(body);
        parts.capacity(body);
        parts.returnOnFailure(body);
        return new Call("ExecuteStatement", body);
    }

    private Statements.Statement writing(Shape shape, Set<String> used) {
        ObjectNode key = key(shape, used);
        return switch (choice.below(5)) {
            case 0, 1 -> {
                ObjectNode item = parts.item(shape);
                item.setAll(key);
                yield statements.insert(shape, item);
            }
            case 2, 3 -> statements.update(shape, key);
            default -> statements.delete(shape, key);
        };
    }

    private ObjectNode key(Shape shape, Set<String> used) {
        ObjectNode key = parts.key(shape);
        for (int i = 0; i < ATTEMPTS && !used.add(shape.name() + key) && !choice.oneIn(60); i++) {
            key = parts.key(shape);
        }
        return key;
    }

    private Call batch() {
        ObjectNode body = Json.object();
        ArrayNode all = body.putArray("Statements");
        boolean reads = choice.oneIn(2);
        Set<String> used = new HashSet<>();
        for (int i = choice.between(1, 4); i > 0; i--) {
            Shape shape = choice.of(shapes);
            ObjectNode one = all.addObject();
            boolean read = choice.oneIn(40) != reads;
            (read ? statements.selectOne(shape, key(shape, used)) : writing(shape, used)).addTo(one);
            if (read) {
                parts.consistentRead(one);
            } else {
                parts.returnOnFailure(one);
            }
        }
        parts.capacity(body);
        return new Call("BatchExecuteStatement", body);
    }

    private Call transaction() {
        ObjectNode body = Json.object();
        ArrayNode all = body.putArray("TransactStatements");
        boolean reads = choice.oneIn(3);
        Set<String> used = new HashSet<>();
        for (int i = choice.of(1, 2, 3, 4); i > 0; i--) {
            Shape shape = choice.of(shapes);
            ObjectNode one = all.addObject();
            boolean read = choice.oneIn(40) != reads;
            if (read) {
                statements.selectOne(shape, key(shape, used)).addTo(one);
            } else if (choice.oneIn(4)) {
                statements.exists(shape, key(shape, used)).addTo(one);
            } else {
                writing(shape, used).addTo(one);
                parts.returnOnFailure(one);
            }
        }
        if (choice.oneIn(4)) {
            body.put("ClientRequestToken", Scenario.TABLE_PREFIX + Integer.toHexString(body.hashCode()));
        }
        parts.capacity(body);
        return new Call("ExecuteTransaction", body);
    }
}
