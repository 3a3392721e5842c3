package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.FeatureErrorMessages;
import io.tailrace.engine.error.TableErrorMessages;
import io.tailrace.engine.limits.Limits;
import io.tailrace.engine.read.ReadContext;
import io.tailrace.engine.read.ReadOperation;
import java.util.List;

/**
 * The lists of what tables have in DynamoDB and none can have here: backups, exports, imports, global tables of the first
 * kind, contributor insights. Tools ask for them in passing. The request is checked as the service does it; the list is
 * empty, and that is the truth. (API Reference, ListBackups, ListExports, ListImports, ListGlobalTables,
 * ListContributorInsights.)
 */
public final class AbsentList implements ReadOperation<List<Void>> {
    private static final int MAX_BACKUPS = 100;
    private static final int MAX_TRANSFERS = 25;
    private static final int MAX_INSIGHTS = 100;
    private static final int MIN_IMPORT_TOKEN_LENGTH = 112;
    private static final int MAX_IMPORT_TOKEN_LENGTH = 1024;
    private static final String IMPORT_TOKEN = "([0-9a-f]{16})+";

    /** The table that must exist; null for none. */
    private final TableReference table;

    private AbsentList(TableReference table) {
        this.table = table;
    }

    /** @throws DynamoException when the request is wrong; a table that does not exist is not wrong */
    public static AbsentList backups(ListBackupsRequest request) {
        Constraints constraints = new Constraints()
                .atLeast("limit", request.limit(), 1)
                .atMost("limit", request.limit(), MAX_BACKUPS)
                .lengthAtLeast(
                        "exclusiveStartBackupArn", request.exclusiveStartBackupArn(), Limits.MIN_RESOURCE_ARN_LENGTH)
                .lengthAtMost("exclusiveStartBackupArn", request.exclusiveStartBackupArn(), Limits.MAX_TABLE_ARN_LENGTH)
                .oneOf("backupType", request.backupType(), Choices.BACKUP_TYPE);
        if (request.tableName() != null) {
            constraints.tableName("tableName", request.tableName());
        }
        constraints.verify();
        if (request.timeRangeLowerBound() != null
                && request.timeRangeUpperBound() != null
                && request.timeRangeLowerBound() > request.timeRangeUpperBound()) {
            throw DynamoException.validation(FeatureErrorMessages.timeRangeInverted());
        }
        return new AbsentList(null);
    }

    /** @throws DynamoException when the request is wrong */
    public static AbsentList exports(String tableArn, Integer maxResults, String nextToken) {
        transfers("maxResults", tableArn, maxResults).verify();
        return ofTable(tableArn, nextToken);
    }

    /** @throws DynamoException when the request is wrong */
    public static AbsentList imports(String tableArn, Integer pageSize, String nextToken) {
        transfers("pageSize", tableArn, pageSize)
                .lengthAtLeast("nextToken", nextToken, MIN_IMPORT_TOKEN_LENGTH)
                .lengthAtMost("nextToken", nextToken, MAX_IMPORT_TOKEN_LENGTH)
                .check(
                        nextToken == null || nextToken.matches(IMPORT_TOKEN),
                        "nextToken",
                        nextToken,
                        "Member must satisfy regular expression pattern: " + IMPORT_TOKEN)
                .verify();
        return ofTable(tableArn, nextToken);
    }

    private static Constraints transfers(String pagePath, String tableArn, Integer page) {
        return new Constraints()
                .lengthAtLeast("tableArn", tableArn, 1)
                .lengthAtMost("tableArn", tableArn, Limits.MAX_TABLE_ARN_LENGTH)
                .atLeast(pagePath, page, 1)
                .atMost(pagePath, page, MAX_TRANSFERS);
    }

    private static AbsentList ofTable(String tableArn, String nextToken) {
        if (tableArn != null && !TableReference.isWellFormedArn(tableArn)) {
            throw DynamoException.validation(FeatureErrorMessages.notATable());
        }
        if (nextToken != null) {
            throw DynamoException.validation(FeatureErrorMessages.unknownToken(nextToken));
        }
        return new AbsentList(null);
    }

    /** @throws DynamoException when the request is wrong */
    public static AbsentList globalTables(String exclusiveStartGlobalTableName, Integer limit, String regionName) {
        new Constraints()
                .name("exclusiveStartGlobalTableName", exclusiveStartGlobalTableName)
                .atLeast("limit", limit, 1)
                .lengthAtLeast("regionName", regionName, 1)
                .verify();
        return new AbsentList(null);
    }

    /** @throws DynamoException when the request is wrong whatever tables there are */
    public static AbsentList contributorInsights(String tableName, Integer maxResults, String nextToken) {
        Constraints constraints = new Constraints().atMost("maxResults", maxResults, MAX_INSIGHTS);
        TableReference table = tableName == null ? null : TableReference.required(tableName);
        if (table != null) {
            constraints.namePattern("tableName", table.name());
        }
        constraints.verify();
        if (nextToken != null) {
            throw DynamoException.validation(TableErrorMessages.unknownNextToken());
        }
        return new AbsentList(table);
    }

    @Override
    public List<Void> execute(ReadContext context) {
        if (table != null) {
            table.resolveByName(context);
        }
        return List.of();
    }
}
