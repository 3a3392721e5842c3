package io.tailrace.server.protocol;

import static io.tailrace.server.protocol.JsonType.BOOLEAN;
import static io.tailrace.server.protocol.JsonType.INTEGER;
import static io.tailrace.server.protocol.JsonType.STRING;
import static io.tailrace.server.protocol.JsonType.listOf;

import io.tailrace.engine.operation.BatchExecuteStatementRequest;
import io.tailrace.engine.operation.BatchStatementRequest;
import io.tailrace.engine.operation.ExecuteStatementRequest;
import io.tailrace.engine.operation.ExecuteTransactionRequest;
import io.tailrace.engine.operation.ParameterizedStatement;
import io.tailrace.schemas.model.AttributeValue;
import java.util.List;

/** The requests of the operations with statements of PartiQL, member by member. (API Reference, ExecuteStatement.) */
final class StatementRequests {
    private static final Member<String> STATEMENT = new Member<>("Statement", STRING);
    private static final Member<List<AttributeValue>> PARAMETERS = new Member<>("Parameters", ItemTypes.VALUE_LIST);
    private static final Member<Boolean> CONSISTENT_READ = new Member<>("ConsistentRead", BOOLEAN);
    private static final Member<String> NEXT_TOKEN = new Member<>("NextToken", STRING);
    private static final Member<Integer> LIMIT = new Member<>("Limit", INTEGER);
    private static final Member<String> RETURN_CAPACITY = new Member<>("ReturnConsumedCapacity", STRING);
    private static final Member<String> RETURN_ON_FAILURE = new Member<>("ReturnValuesOnConditionCheckFailure", STRING);

    static final Structure<ExecuteStatementRequest> EXECUTE_STATEMENT = Structure.of(
            "ExecuteStatementInput",
            in -> new ExecuteStatementRequest(
                    in.get(STATEMENT),
                    in.get(PARAMETERS),
                    in.get(CONSISTENT_READ),
                    in.get(NEXT_TOKEN),
                    in.get(LIMIT),
                    in.get(RETURN_CAPACITY),
                    in.get(RETURN_ON_FAILURE),
                    in.malformedValues()),
            STATEMENT,
            PARAMETERS,
            CONSISTENT_READ,
            NEXT_TOKEN,
            LIMIT,
            RETURN_CAPACITY,
            RETURN_ON_FAILURE);

    private static final Member<List<BatchStatementRequest>> STATEMENTS = new Member<>(
            "Statements",
            listOf(Structure.of(
                    "BatchStatementRequest",
                    in -> new BatchStatementRequest(
                            in.get(STATEMENT),
                            in.get(PARAMETERS),
                            in.get(CONSISTENT_READ),
                            in.get(RETURN_ON_FAILURE),
                            in.ownMalformedValues()),
                    STATEMENT,
                    PARAMETERS,
                    CONSISTENT_READ,
                    RETURN_ON_FAILURE)));

    static final Structure<BatchExecuteStatementRequest> BATCH_EXECUTE_STATEMENT = Structure.of(
            "BatchExecuteStatementInput",
            in -> new BatchExecuteStatementRequest(in.get(STATEMENTS), in.get(RETURN_CAPACITY), in.malformedValues()),
            STATEMENTS,
            RETURN_CAPACITY);

    private static final Member<String> CLIENT_TOKEN = new Member<>("ClientRequestToken", STRING);
    private static final Member<List<ParameterizedStatement>> TRANSACT_STATEMENTS = new Member<>(
            "TransactStatements",
            listOf(Structure.of(
                    "ParameterizedStatement",
                    in -> new ParameterizedStatement(in.get(STATEMENT), in.get(PARAMETERS), in.get(RETURN_ON_FAILURE)),
                    STATEMENT,
                    PARAMETERS,
                    RETURN_ON_FAILURE)));

    static final Structure<ExecuteTransactionRequest> EXECUTE_TRANSACTION = Structure.of(
            "ExecuteTransactionInput",
            in -> new ExecuteTransactionRequest(
                    in.get(TRANSACT_STATEMENTS), in.get(CLIENT_TOKEN), in.get(RETURN_CAPACITY), in.malformedValues()),
            TRANSACT_STATEMENTS,
            CLIENT_TOKEN,
            RETURN_CAPACITY);

    private StatementRequests() {}
}
