package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorMessages;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.error.StatementErrorMessages;
import io.tailrace.engine.limits.Limits;
import io.tailrace.engine.partiql.Returning;
import io.tailrace.engine.partiql.Statement;
import io.tailrace.engine.partiql.StatementParser;
import io.tailrace.engine.read.ReadContext;
import io.tailrace.schemas.bytes.Utf8;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.ItemSize;
import io.tailrace.schemas.model.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * ExecuteTransaction: up to a hundred statements on single items, all reads or all writes, of which all are done or none. It is
 * TransactGetItems or TransactWriteItems in other words; EXISTS is a condition check. (API Reference, ExecuteTransaction;
 * Developer Guide, "Performing transactions with PartiQL for DynamoDB".)
 */
public final class ExecuteTransactionOperation {
    private final ExecuteTransactionRequest request;
    private final List<PreparedStatement> statements = new ArrayList<>();

    /** @throws DynamoException when the request is wrong whatever tables there are */
    public ExecuteTransactionOperation(ExecuteTransactionRequest request) {
        this.request = request;
        checkConstraints(request);
        ItemValidator.checkWellFormed(MalformedValue.inOlderWords(request.malformedValues()), "TransactStatements");
        List<StatementParser.Parsed> parsed = new ArrayList<>();
        for (ParameterizedStatement statement : request.transactStatements()) {
            parsed.add(StatementParser.parse(statement.statement()));
        }
        long reads = parsed.stream()
                .filter(statement -> statement.statement().kind() == Statement.Kind.SELECT)
                .count();
        if (reads != 0 && reads != parsed.size()) {
            throw DynamoException.validation(StatementErrorMessages.transactionMixed());
        }
        for (int i = 0; i < parsed.size(); i++) {
            statements.add(
                    prepare(i, parsed.get(i), request.transactStatements().get(i)));
        }
        checkSize(request);
    }

    /** What is wrong with a statement that is well formed is said with its position. */
    private static PreparedStatement prepare(
            int position, StatementParser.Parsed parsed, ParameterizedStatement request) {
        PreparedStatement statement;
        try {
            statement = PreparedStatement.of(
                    parsed,
                    request.parameters(),
                    ItemWrites.returnsAllOld(request.returnValuesOnConditionCheckFailure()));
        } catch (DynamoException refused) {
            throw refused.type() == ErrorType.VALIDATION ? invalid(position, refused.getMessage()) : refused;
        }
        if (statement.returning() != Returning.NOTHING) {
            throw invalid(position, StatementErrorMessages.transactionReturning());
        }
        return statement;
    }

    private static void checkConstraints(ExecuteTransactionRequest request) {
        Constraints constraints = new Constraints()
                .oneOf("returnConsumedCapacity", request.returnConsumedCapacity(), Choices.RETURN_CONSUMED_CAPACITY)
                .lengthAtLeast("clientRequestToken", request.clientRequestToken(), 1)
                .lengthAtMost(
                        "clientRequestToken",
                        request.clientRequestToken(),
                        TransactWriteItemsOperation.MAX_TOKEN_LENGTH)
                .required("transactStatements", request.transactStatements())
                .lengthAtLeast("transactStatements", request.transactStatements(), 1)
                .lengthAtMost("transactStatements", request.transactStatements(), Limits.MAX_TRANSACTION_ACTIONS);
        if (request.transactStatements() != null) {
            int position = 1;
            for (ParameterizedStatement statement : request.transactStatements()) {
                ExecuteStatementOperation.checkStatement(
                        constraints,
                        "transactStatements." + position++ + ".member.",
                        statement.statement(),
                        ExecuteStatementOperation.readable(statement.parameters(), request.malformedValues()),
                        statement.returnValuesOnConditionCheckFailure());
            }
        }
        constraints.verify();
    }

    /** The transaction's limit is on the data of its request: its texts and parameters. */
    private static void checkSize(ExecuteTransactionRequest request) {
        long bytes = 0;
        for (ParameterizedStatement statement : request.transactStatements()) {
            bytes += Utf8.length(statement.statement());
            if (statement.parameters() != null) {
                for (AttributeValue parameter : statement.parameters()) {
                    bytes += ItemSize.of(parameter);
                }
            }
        }
        if (bytes > Limits.MAX_TRANSACTION_BYTES) {
            throw DynamoException.validation(ErrorMessages.transactionTooLarge(bytes));
        }
    }

    private static DynamoException invalid(int position, String detail) {
        return DynamoException.validation(StatementErrorMessages.transactionStatement(position, detail));
    }

    /** Carries the statements out; the stage fails, or this throws, with the {@link DynamoException} that refuses them. */
    public CompletionStage<ExecuteTransactionResponse> execute(OperationExecutor executor) {
        if (statements.get(0).kind() == Statement.Kind.SELECT) {
            return CompletableFuture.completedFuture(executor.read(new TransactSelectOperation(
                    statements.stream().map(PreparedStatement::select).toList(), request.returnConsumedCapacity())));
        }
        executor.read(this::verifyAgainstTables);
        return executor.write(new TransactWriteItemsOperation(
                        statements.stream().map(PreparedStatement::write).toList(),
                        request.returnConsumedCapacity(),
                        RequestFingerprint.of(request)))
                .thenApply(done -> new ExecuteTransactionResponse(List.of(), done.consumedCapacity()));
    }

    /** What is said of a statement by its position: that its clause names no single item, or nothing but the item. */
    private Boolean verifyAgainstTables(ReadContext context) {
        for (int i = 0; i < statements.size(); i++) {
            if (statements.get(i).write() instanceof KeyedWrite write) {
                TableDefinition definition = write.table().resolve(context);
                boolean keyed = WhereTerms.key(definition, write.terms()).isPresent();
                boolean keyAlone =
                        write.terms().size() == definition.key().attributes().size();
                if (write.effect() == KeyedWrite.Effect.CHECK && (!keyed || keyAlone)) {
                    throw invalid(i, StatementErrorMessages.existsWithoutCondition());
                }
                if (!keyed) {
                    throw invalid(i, StatementErrorMessages.keyEqualityMissing());
                }
            }
        }
        return true;
    }
}
