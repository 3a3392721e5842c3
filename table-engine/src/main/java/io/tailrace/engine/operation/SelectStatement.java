package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.StatementErrorMessages;
import io.tailrace.engine.expression.BoundCondition;
import io.tailrace.engine.expression.Condition;
import io.tailrace.engine.expression.Path;
import io.tailrace.engine.expression.PathElement;
import io.tailrace.engine.expression.StatementExpressions;
import io.tailrace.engine.partiql.Statement;
import io.tailrace.engine.partiql.StatementBinder;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.TableDefinition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A SELECT with its parameters, validated as far as that needs no state. */
final class SelectStatement {
    private final Statement.Select select;
    private final TableReference table;
    private final BoundCondition where;
    private final ReadProjection projection;
    private final Map<String, Path> columns = new LinkedHashMap<>();

    SelectStatement(Statement.Select select, StatementBinder binder) {
        this.select = select;
        table = StatementTables.reference(select.table());
        if (select.projection().isEmpty()) {
            projection = new ReadProjection(null, null);
        } else {
            for (Path path : select.projection()) {
                String name = columnName(path);
                if (columns.put(name, path) != null) {
                    throw DynamoException.validation(StatementErrorMessages.duplicateIdentifier(name));
                }
            }
            projection = new ReadProjection(
                    null, BoundExpressions.refusing(() -> StatementExpressions.projection(select.projection())));
        }
        where = select.where().isEmpty()
                ? null
                : StatementTables.bind(binder.condition(select.where().get()));
        if (where == null && !select.orderBy().isEmpty()) {
            throw DynamoException.validation(StatementErrorMessages.orderByWithoutWhere());
        }
    }

    /** What an answer calls a part of an item: the last name of its path, with the positions after it. */
    private static String columnName(Path path) {
        StringBuilder positions = new StringBuilder();
        for (int i = path.elements().size() - 1; i >= 0; i--) {
            PathElement element = path.elements().get(i);
            if (element instanceof PathElement.Name name) {
                return name.name() + positions;
            }
            positions.insert(0, element);
        }
        throw new IllegalStateException("a path without a name");
    }

    TableReference table() {
        return table;
    }

    /** Null for the table itself. */
    String indexName() {
        return select.table().index().orElse(null);
    }

    /** What is read of the table. */
    ReadTarget target(TableDefinition definition) {
        if (indexName() != null
                && definition.localSecondaryIndex(indexName()).isEmpty()
                && definition.globalSecondaryIndex(indexName()).isEmpty()) {
            throw DynamoException.validation(StatementErrorMessages.indexMissing());
        }
        ReadTarget target = ReadTarget.of(definition, indexName());
        if (target.key().partitionKey().size() > 1 || target.key().sortKey().size() > 1) {
            throw DynamoException.validation(StatementErrorMessages.keysOfSeveralAttributes());
        }
        return target;
    }

    ReadProjection projection() {
        return projection;
    }

    /** Null when there is no clause. */
    BoundCondition where() {
        return where;
    }

    /** What must hold of every item; empty without a clause. */
    List<Condition> terms() {
        return where == null ? List.of() : WhereTerms.terms(where.tree());
    }

    boolean accepts(Item item) {
        return where == null || where.test(item);
    }

    /** What is returned of an item. */
    Item project(Item item) {
        if (columns.isEmpty()) {
            return item;
        }
        Map<String, AttributeValue> row = new LinkedHashMap<>();
        columns.forEach((name, path) -> {
            AttributeValue value = path.in(item);
            if (value != null) {
                row.put(name, value);
            }
        });
        return Item.copyOf(row);
    }

    /** Checks the paths of the statement against the table. */
    void verifyPaths(TableDefinition definition) {
        ExpressionPaths.verify(definition, projection.paths());
        if (where != null) {
            ExpressionPaths.verify(definition, where.paths());
        }
    }

    /**
     * Whether to read upwards, by ORDER BY.
     *
     * @param hasPartition whether the clause gives the partition key
     */
    boolean isForward(ReadTarget target, boolean hasPartition) {
        if (select.orderBy().isEmpty()) {
            return true;
        }
        List<Boolean> directions = new ArrayList<>();
        for (Statement.OrderKey key : select.orderBy()) {
            if (isSortKey(target, key)) {
                directions.add(key.ascending());
            }
        }
        if (!hasPartition) {
            throw DynamoException.validation(StatementErrorMessages.orderByWithoutHashKey());
        }
        if (directions.contains(true) && directions.contains(false)) {
            throw DynamoException.validation(StatementErrorMessages.orderByDirections());
        }
        return !directions.contains(false);
    }

    /** Checks ORDER BY where there is one item at most, whose order does not matter. */
    void verifyOrder(ReadTarget target) {
        select.orderBy().forEach(key -> isSortKey(target, key));
    }

    private static boolean isSortKey(ReadTarget target, Statement.OrderKey key) {
        String name = key.path().topLevelName();
        if (key.path().isNested() || !target.key().contains(name)) {
            throw DynamoException.validation(StatementErrorMessages.orderByNotKey(name));
        }
        return target.key().sortKey().stream().map(KeyAttribute::name).anyMatch(name::equals);
    }

    /** The partitions in the order in which they are to be read. */
    List<List<AttributeValue>> ordered(ReadTarget target, List<List<AttributeValue>> partitions) {
        List<List<AttributeValue>> ordered = new ArrayList<>(partitions);
        for (Statement.OrderKey key : select.orderBy()) {
            if (!isSortKey(target, key) && partitions.size() > 1) {
                ordered.sort(SelectRanges::compare);
                if (!key.ascending()) {
                    Collections.reverse(ordered);
                }
                return ordered;
            }
        }
        return ordered;
    }
}
