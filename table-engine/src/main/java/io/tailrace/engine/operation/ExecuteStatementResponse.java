package io.tailrace.engine.operation;

import io.tailrace.schemas.model.Item;
import java.util.List;

/**
 * The answer to ExecuteStatement. Members are null where the answer has none.
 *
 * @param items what a SELECT found, or what a write returns of its item; empty for nothing
 */
public record ExecuteStatementResponse(
        List<Item> items, String nextToken, Item lastEvaluatedKey, ConsumedCapacity consumedCapacity) {}
