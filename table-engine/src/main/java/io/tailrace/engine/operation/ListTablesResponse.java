package io.tailrace.engine.operation;

import java.util.List;

/**
 * The answer to ListTables.
 *
 * @param lastEvaluatedTableName null on the last page
 */
public record ListTablesResponse(List<String> tableNames, String lastEvaluatedTableName) {}
