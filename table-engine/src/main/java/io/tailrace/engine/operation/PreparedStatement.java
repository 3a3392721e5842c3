package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.StatementErrorMessages;
import io.tailrace.engine.expression.BoundCondition;
import io.tailrace.engine.expression.BoundUpdate;
import io.tailrace.engine.expression.Condition;
import io.tailrace.engine.expression.ExpressionFunction;
import io.tailrace.engine.expression.Path;
import io.tailrace.engine.expression.StatementExpressions;
import io.tailrace.engine.expression.UpdateAction;
import io.tailrace.engine.partiql.Expression;
import io.tailrace.engine.partiql.Returning;
import io.tailrace.engine.partiql.Statement;
import io.tailrace.engine.partiql.StatementBinder;
import io.tailrace.engine.partiql.StatementParser;
import io.tailrace.schemas.model.AttributeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A statement with its parameters: a SELECT, or a write of one item. */
final class PreparedStatement {
    private final Statement statement;
    private final SelectStatement select;
    private final ItemWrite write;

    private PreparedStatement(Statement statement, SelectStatement select, ItemWrite write) {
        this.statement = statement;
        this.select = select;
        this.write = write;
    }

    /**
     * @param parameters null for none
     * @param showItem whether a failed condition shows the item
     * @throws DynamoException when the statement is wrong whatever tables there are
     */
    static PreparedStatement of(String text, List<AttributeValue> parameters, boolean showItem) {
        return of(StatementParser.parse(text), parameters, showItem);
    }

    /** Of a statement that has been parsed. */
    static PreparedStatement of(StatementParser.Parsed parsed, List<AttributeValue> parameters, boolean showItem) {
        StatementBinder binder =
                new StatementBinder(parsed.parameterCount(), parameters == null ? List.of() : parameters);
        Statement statement = parsed.statement();
        return switch (statement.kind()) {
            case SELECT ->
                new PreparedStatement(statement, new SelectStatement((Statement.Select) statement, binder), null);
            case INSERT -> new PreparedStatement(statement, null, insert((Statement.Insert) statement, binder));
            case UPDATE ->
                new PreparedStatement(statement, null, update((Statement.Update) statement, binder, showItem));
            case DELETE ->
                new PreparedStatement(statement, null, delete((Statement.Delete) statement, binder, showItem));
            case EXISTS ->
                new PreparedStatement(statement, null, exists((Statement.Exists) statement, binder, showItem));
        };
    }

    Statement.Kind kind() {
        return statement.kind();
    }

    /** Only of a SELECT. */
    SelectStatement select() {
        return select;
    }

    /** Only of a write, to which EXISTS counts. */
    ItemWrite write() {
        return write;
    }

    /** The name of the table as the statement spells it. */
    String tableName() {
        return statement.table().table();
    }

    Returning returning() {
        if (statement instanceof Statement.Update update) {
            return update.returning();
        }
        return statement instanceof Statement.Delete delete ? delete.returning() : Returning.NOTHING;
    }

    private static ItemWrite insert(Statement.Insert insert, StatementBinder binder) {
        TableReference table = StatementTables.written(insert.table());
        return new InsertWrite(new PutWrite(table, binder.item(insert.value()), new WriteCondition(null, false)));
    }

    private static ItemWrite update(Statement.Update update, StatementBinder binder, boolean showItem) {
        TableReference table = StatementTables.written(update.table());
        List<UpdateAction> actions = binder.actions(update.changes());
        BoundUpdate bound = BoundExpressions.refusing(() -> StatementExpressions.update(actions));
        // The clause compares key attributes, so that it cannot hold where there is no item.
        BoundCondition where = where(update.where(), binder);
        return new KeyedWrite(
                KeyedWrite.Effect.UPDATE, table, terms(where), bound, new WriteCondition(where, showItem));
    }

    private static ItemWrite delete(Statement.Delete delete, StatementBinder binder, boolean showItem) {
        TableReference table = StatementTables.written(delete.table());
        Returning returning = delete.returning();
        if (returning != Returning.NOTHING && returning != Returning.ALL_OLD) {
            throw DynamoException.validation(StatementErrorMessages.returningOfDelete(returning.words()));
        }
        BoundCondition where = where(delete.where(), binder);
        List<Condition> terms = terms(where);
        return new KeyedWrite(
                KeyedWrite.Effect.DELETE,
                table,
                terms,
                null,
                new WriteCondition(where == null ? null : orNoItem(where, terms), showItem));
    }

    /**
     * To delete nothing is no failure, whatever the clause asks. An item has the key attributes, for which the clause gives
     * values: where none of the attributes with values is there, there is no item.
     */
    private static BoundCondition orNoItem(BoundCondition where, List<Condition> terms) {
        List<Condition> absences = new ArrayList<>();
        for (String attribute : WhereTerms.fixedAttributes(terms)) {
            absences.add(new Condition.Call(ExpressionFunction.ATTRIBUTE_NOT_EXISTS, List.of(Path.of(attribute))));
        }
        if (absences.isEmpty()) {
            return where;
        }
        return StatementTables.bind(new Condition.Or(List.of(new Condition.And(absences), where.tree())));
    }

    private static ItemWrite exists(Statement.Exists exists, StatementBinder binder, boolean showItem) {
        TableReference table = StatementTables.written(exists.table());
        BoundCondition where = where(exists.select().where(), binder);
        return new KeyedWrite(KeyedWrite.Effect.CHECK, table, terms(where), null, new WriteCondition(where, showItem));
    }

    private static BoundCondition where(Optional<Expression> where, StatementBinder binder) {
        return where.isEmpty() ? null : StatementTables.bind(binder.condition(where.get()));
    }

    private static List<Condition> terms(BoundCondition where) {
        return where == null ? List.of() : WhereTerms.terms(where.tree());
    }
}
