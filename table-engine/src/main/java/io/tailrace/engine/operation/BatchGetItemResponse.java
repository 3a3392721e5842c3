package io.tailrace.engine.operation;

import io.tailrace.schemas.model.Item;
import java.util.List;
import java.util.Map;

/**
 * The answer to BatchGetItem.
 *
 * @param consumedCapacity null when it was not asked for
 */
public record BatchGetItemResponse(
        Map<String, List<Item>> responses,
        Map<String, KeysAndAttributes> unprocessedKeys,
        List<ConsumedCapacity> consumedCapacity) {}
