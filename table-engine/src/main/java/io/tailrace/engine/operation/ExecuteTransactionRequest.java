package io.tailrace.engine.operation;

import java.util.List;

/**
 * The request of ExecuteTransaction. Members are null where the request has none.
 *
 * @param malformedValues what the decoder could not read as attribute values, in their order; empty for none
 */
public record ExecuteTransactionRequest(
        List<ParameterizedStatement> transactStatements,
        String clientRequestToken,
        String returnConsumedCapacity,
        List<MalformedValue> malformedValues) {}
