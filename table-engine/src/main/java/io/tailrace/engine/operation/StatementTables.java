package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.StatementErrorMessages;
import io.tailrace.engine.expression.BoundCondition;
import io.tailrace.engine.expression.Condition;
import io.tailrace.engine.expression.StatementExpressions;
import io.tailrace.engine.limits.Limits;
import io.tailrace.engine.partiql.TableName;
import java.util.regex.Pattern;

/** What statements of all kinds have in common: their tables' names, and conditions that come as trees. */
final class StatementTables {
    private static final Pattern NAME =
            Pattern.compile("[a-zA-Z0-9_.-]{" + Limits.MIN_NAME_LENGTH + "," + Limits.MAX_NAME_LENGTH + "}");

    private StatementTables() {}

    /** The table that a statement names, by its name or its ARN. */
    static TableReference reference(TableName name) {
        boolean valid = NAME.matcher(name.table()).matches() || TableReference.isWellFormedArn(name.table());
        if (!valid
                || name.index().isPresent() && !NAME.matcher(name.index().get()).matches()) {
            throw DynamoException.validation(StatementErrorMessages.tableName());
        }
        return TableReference.of(name.table());
    }

    /** The table that a write names, which is no index. */
    static TableReference written(TableName name) {
        if (name.index().isPresent()) {
            throw DynamoException.validation(StatementErrorMessages.writeToIndex());
        }
        return reference(name);
    }

    static BoundCondition bind(Condition tree) {
        return BoundExpressions.refusing(() -> StatementExpressions.condition(tree));
    }
}
