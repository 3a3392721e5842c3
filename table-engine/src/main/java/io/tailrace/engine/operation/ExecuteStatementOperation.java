package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.StatementErrorMessages;
import io.tailrace.engine.limits.Limits;
import io.tailrace.engine.partiql.Statement;
import io.tailrace.schemas.model.AttributeValue;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** ExecuteStatement: one statement of PartiQL, a read or a write. (API Reference, ExecuteStatement.) */
public final class ExecuteStatementOperation {
    private final ExecuteStatementRequest request;
    private final PreparedStatement statement;

    /** @throws DynamoException when the request is wrong whatever tables there are */
    public ExecuteStatementOperation(ExecuteStatementRequest request) {
        this.request = request;
        Constraints constraints = new Constraints()
                .oneOf("returnConsumedCapacity", request.returnConsumedCapacity(), Choices.RETURN_CONSUMED_CAPACITY)
                .atLeast("limit", request.limit(), 1);
        checkStatement(
                constraints,
                "",
                request.statement(),
                readable(request.parameters(), request.malformedValues()),
                request.returnValuesOnConditionCheckFailure());
        constraints.verify();
        ItemValidator.checkWellFormed(MalformedValue.inOlderWords(request.malformedValues()), "Parameters");
        statement = PreparedStatement.of(
                request.statement(),
                request.parameters(),
                ItemWrites.returnsAllOld(request.returnValuesOnConditionCheckFailure()));
        if (statement.kind() == Statement.Kind.EXISTS) {
            throw DynamoException.validation(StatementErrorMessages.existsOutsideTransaction());
        }
        if (statement.kind() != Statement.Kind.SELECT && request.nextToken() != null) {
            throw DynamoException.validation(StatementErrorMessages.otherNextToken());
        }
    }

    /** The parameters, or null when the decoder left some of them out: those are reported, not how many are left. */
    static List<AttributeValue> readable(List<AttributeValue> parameters, List<MalformedValue> malformedValues) {
        return malformedValues.isEmpty() ? parameters : null;
    }

    /** The constraints on a statement and what comes with it. */
    static void checkStatement(
            Constraints constraints,
            String path,
            String statement,
            List<AttributeValue> parameters,
            String returnValuesOnConditionCheckFailure) {
        constraints
                .required(path + "statement", statement)
                .lengthAtLeast(path + "statement", statement, 1)
                .lengthAtMost(path + "statement", statement, Limits.MAX_STATEMENT_LENGTH)
                .lengthAtLeast(path + "parameters", parameters, 1)
                .oneOf(
                        path + "returnValuesOnConditionCheckFailure",
                        returnValuesOnConditionCheckFailure,
                        Choices.RETURN_VALUES_ON_CONDITION_CHECK_FAILURE);
    }

    /** Carries the statement out; the stage fails, or this throws, with the {@link DynamoException} that refuses it. */
    public CompletionStage<ExecuteStatementResponse> execute(OperationExecutor executor) {
        if (statement.kind() != Statement.Kind.SELECT) {
            return executor.write(new StatementWriteOperation(statement, request.returnConsumedCapacity()));
        }
        return CompletableFuture.completedFuture(executor.read(new SelectOperation(
                statement.select(),
                new SelectOperation.Options(
                        Boolean.TRUE.equals(request.consistentRead()),
                        request.limit() == null ? Integer.MAX_VALUE : request.limit(),
                        request.nextToken(),
                        StatementToken.fingerprint(
                                request.statement(), request.parameters() == null ? List.of() : request.parameters()),
                        request.returnConsumedCapacity()))));
    }
}
