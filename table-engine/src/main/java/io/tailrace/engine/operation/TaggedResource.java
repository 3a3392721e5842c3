package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.error.TableErrorMessages;
import io.tailrace.schemas.model.TableDefinition;
import java.util.Optional;
import java.util.function.Function;

/** The table that operations on tags name by its ARN. */
record TaggedResource(TableReference table) {
    /** Checks that the request has an ARN at all. */
    static void require(String resourceArn) {
        if (resourceArn == null) {
            throw DynamoException.validation(TableErrorMessages.tagsWithoutArn());
        }
    }

    /** Checks that the ARN is a table's. */
    static TaggedResource of(String resourceArn) {
        if (!TableReference.isWellFormedArn(resourceArn)) {
            throw DynamoException.validation(TableErrorMessages.tagsOfOtherArn(resourceArn));
        }
        return new TaggedResource(TableReference.of(resourceArn));
    }

    TableDefinition resolve(String region, Function<String, Optional<TableDefinition>> tables) {
        return tables.apply(table.name())
                .filter(definition -> region.equals(table.region()))
                .orElseThrow(() -> new DynamoException(
                        ErrorType.RESOURCE_NOT_FOUND, TableErrorMessages.taggedResourceNotFound(table.requested())));
    }
}
