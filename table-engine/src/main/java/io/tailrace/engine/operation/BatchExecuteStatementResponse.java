package io.tailrace.engine.operation;

import java.util.List;

/**
 * The answer to BatchExecuteStatement.
 *
 * @param responses one for each statement, in their order
 * @param consumedCapacity null when it was not asked for
 */
public record BatchExecuteStatementResponse(
        List<BatchStatementResponse> responses, List<ConsumedCapacity> consumedCapacity) {}
