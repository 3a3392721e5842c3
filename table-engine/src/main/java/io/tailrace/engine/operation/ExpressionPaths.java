package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorMessages;
import io.tailrace.engine.expression.Path;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.TableDefinition;
import java.util.Collection;

/** Checks the paths of expressions against a table: keys are scalars, so no path leads into one. */
final class ExpressionPaths {
    private ExpressionPaths() {}

    static void verify(TableDefinition table, Collection<Path> paths) {
        if (paths.isEmpty()) {
            return;
        }
        for (String attribute : table.key().names()) {
            if (anyLeadsInto(paths, attribute)) {
                throw DynamoException.validation(ErrorMessages.pathIntoKey(attribute));
            }
        }
        for (IndexDefinition index : KeyValidator.indexes(table)) {
            for (String attribute : index.key().names()) {
                if (anyLeadsInto(paths, attribute)) {
                    throw DynamoException.validation(ErrorMessages.pathIntoIndexKey(attribute));
                }
            }
        }
    }

    private static boolean anyLeadsInto(Collection<Path> paths, String attribute) {
        for (Path path : paths) {
            if (path.isNested() && path.topLevelName().equals(attribute)) {
                return true;
            }
        }
        return false;
    }
}
