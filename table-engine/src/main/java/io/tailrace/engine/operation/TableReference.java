package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorMessages;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.error.TableErrorMessages;
import io.tailrace.engine.limits.Limits;
import io.tailrace.engine.read.ReadContext;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.model.TableStatus;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table as a request names it: by its name or by its ARN. Answers repeat what the request said. (API Reference, TableName:
 * "You can also provide the Amazon Resource Name (ARN) of the table in this parameter.")
 *
 * @param requested the request's spelling
 * @param name the table's name
 * @param region the ARN's region; null when the request gave a name
 */
record TableReference(String requested, String name, String region) {
    /** There are no accounts here: all resources belong to this one. */
    static final String ACCOUNT_ID = "000000000000";

    private static final Pattern ARN =
            Pattern.compile("arn:[a-z-]+:dynamodb:([a-z0-9-]+):([0-9]{12}):table/([a-zA-Z0-9_.-]{"
                    + Limits.MIN_NAME_LENGTH + "," + Limits.MAX_NAME_LENGTH + "})");

    static boolean isWellFormedArn(String text) {
        return text.indexOf(':') >= 0 && ARN.matcher(text).matches();
    }

    /** Of a name or an ARN that {@link Constraints#tableName} has accepted. */
    static TableReference of(String nameOrArn) {
        if (nameOrArn.indexOf(':') < 0) {
            return new TableReference(nameOrArn, nameOrArn, null);
        }
        Matcher arn = ARN.matcher(nameOrArn);
        return arn.matches()
                ? new TableReference(nameOrArn, arn.group(3), arn.group(1))
                : new TableReference(nameOrArn, nameOrArn, null);
    }

    /**
     * Checks the table name of a table operation, which DynamoDB does before all other checks and reports alone, and returns
     * the reference. The pattern is left to {@link Constraints}.
     */
    static TableReference required(String nameOrArn) {
        if (nameOrArn == null) {
            throw DynamoException.validation(TableErrorMessages.parameterRequired("TableName"));
        }
        TableReference reference = of(nameOrArn);
        if (reference.name.length() < Limits.MIN_NAME_LENGTH || reference.name.length() > Limits.MAX_NAME_LENGTH) {
            throw DynamoException.validation(TableErrorMessages.tableNameLength());
        }
        return reference;
    }

    static String tableArn(String region, String tableName) {
        return "arn:aws:dynamodb:" + region + ":" + ACCOUNT_ID + ":table/" + tableName;
    }

    static String indexArn(String region, TableDefinition table, IndexDefinition index) {
        return tableArn(region, table.name()) + "/index/" + index.name();
    }

    static String streamArn(String region, TableDefinition table) {
        return tableArn(region, table.name()) + "/stream/" + table.stream().label();
    }

    /** The table for a data operation: one that is being created is not there yet. */
    TableDefinition resolve(PlanContext context) {
        return isElsewhere(context.region())
                ? missing()
                : context.table(name)
                        .filter(table -> isCreated(table, context::now))
                        .orElseGet(TableReference::missing);
    }

    /** The table for a data operation: one that is being created is not there yet. */
    TableDefinition resolve(ReadContext context) {
        return isElsewhere(context.region())
                ? missing()
                : context.table(name)
                        .filter(table -> isCreated(table, context::now))
                        .orElseGet(TableReference::missing);
    }

    private static boolean isCreated(TableDefinition table, Supplier<Instant> now) {
        return table.details().transition() == null || table.status(now.get()) != TableStatus.CREATING;
    }

    /** The table for a table operation, whose refusal names the table. */
    TableDefinition resolveByName(PlanContext context) {
        return isElsewhere(context.region())
                ? missingByName()
                : context.table(name).orElseGet(this::missingByName);
    }

    /** The table for a table operation, whose refusal names the table. */
    TableDefinition resolveByName(ReadContext context) {
        return isElsewhere(context.region())
                ? missingByName()
                : context.table(name).orElseGet(this::missingByName);
    }

    boolean isElsewhere(String here) {
        return region != null && !region.equals(here);
    }

    private static TableDefinition missing() {
        throw new DynamoException(ErrorType.RESOURCE_NOT_FOUND, ErrorMessages.resourceNotFound());
    }

    private TableDefinition missingByName() {
        throw new DynamoException(ErrorType.RESOURCE_NOT_FOUND, TableErrorMessages.tableNotFound(name));
    }
}
