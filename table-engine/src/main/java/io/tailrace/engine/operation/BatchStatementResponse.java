package io.tailrace.engine.operation;

import io.tailrace.schemas.model.Item;

/** What became of one statement of BatchExecuteStatement. Members are null where the answer has none. */
public record BatchStatementResponse(BatchStatementError error, String tableName, Item item) {}
