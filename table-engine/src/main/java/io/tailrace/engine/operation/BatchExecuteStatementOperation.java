package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.StatementErrorMessages;
import io.tailrace.engine.expression.Condition;
import io.tailrace.engine.limits.Limits;
import io.tailrace.engine.partiql.Statement;
import io.tailrace.engine.partiql.StatementParser;
import io.tailrace.engine.read.ReadContext;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * BatchExecuteStatement: up to 25 statements on single items, all reads or all writes, each on its own: what is wrong with
 * one is said in its place and keeps no other from being done. (API Reference, BatchExecuteStatement.)
 */
public final class BatchExecuteStatementOperation {
    private final BatchExecuteStatementRequest request;
    private final List<Prepared> statements = new ArrayList<>();

    /**
     * A statement, or why it is none.
     *
     * @param kind null when it is not well formed
     * @param statement null when it was refused
     * @param refused null when it was not
     */
    private record Prepared(Statement.Kind kind, PreparedStatement statement, DynamoException refused) {}

    /**
     * How a statement ended.
     *
     * @param response null when it was refused
     * @param refused null when it was not
     */
    private record Outcome(ExecuteStatementResponse response, DynamoException refused) {}

    /** @throws DynamoException when the batch as a whole is wrong whatever tables there are */
    public BatchExecuteStatementOperation(BatchExecuteStatementRequest request) {
        this.request = request;
        checkConstraints(request);
        request.statements().forEach(statement -> statements.add(prepare(statement)));
        if (anyRead(true) && anyRead(false)) {
            throw DynamoException.validation(StatementErrorMessages.batchMixed());
        }
    }

    private static void checkConstraints(BatchExecuteStatementRequest request) {
        Constraints constraints = new Constraints()
                .oneOf("returnConsumedCapacity", request.returnConsumedCapacity(), Choices.RETURN_CONSUMED_CAPACITY)
                .required("statements", request.statements())
                .lengthAtLeast("statements", request.statements(), 1)
                .lengthAtMost("statements", request.statements(), Limits.MAX_BATCH_STATEMENTS);
        if (request.statements() != null) {
            int position = 1;
            for (BatchStatementRequest statement : request.statements()) {
                ExecuteStatementOperation.checkStatement(
                        constraints,
                        "statements." + position++ + ".member.",
                        statement.statement(),
                        ExecuteStatementOperation.readable(statement.parameters(), statement.malformedValues()),
                        statement.returnValuesOnConditionCheckFailure());
            }
        }
        constraints.verify();
    }

    private static Prepared prepare(BatchStatementRequest request) {
        Statement.Kind kind = null;
        try {
            ItemValidator.checkWellFormed(MalformedValue.inOlderWords(request.malformedValues()), "Statements");
            StatementParser.Parsed parsed = StatementParser.parse(request.statement());
            kind = parsed.statement().kind();
            PreparedStatement statement = PreparedStatement.of(
                    parsed,
                    request.parameters(),
                    ItemWrites.returnsAllOld(request.returnValuesOnConditionCheckFailure()));
            if (statement.kind() == Statement.Kind.EXISTS) {
                throw DynamoException.validation(StatementErrorMessages.existsOutsideTransaction());
            }
            return new Prepared(kind, statement, null);
        } catch (DynamoException refused) {
            return new Prepared(kind, null, refused);
        }
    }

    private boolean anyRead(boolean read) {
        return statements.stream()
                .map(Prepared::kind)
                .filter(kind -> kind != null && kind != Statement.Kind.EXISTS)
                .anyMatch(kind -> (kind == Statement.Kind.SELECT) == read);
    }

    /** Carries the statements out; this throws when the batch as a whole is refused. */
    public CompletionStage<BatchExecuteStatementResponse> execute(OperationExecutor executor) {
        executor.read(this::requireDistinctKeys);
        List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < statements.size(); i++) {
            outcomes.add(outcome(executor, i));
        }
        return CompletableFuture.allOf(outcomes.toArray(CompletableFuture<?>[]::new))
                .thenApply(done ->
                        response(outcomes.stream().map(CompletableFuture::join).toList()));
    }

    /** No two statements may be of one item; a statement that cannot be placed is refused later, on its own. */
    private Boolean requireDistinctKeys(ReadContext context) {
        Set<Map.Entry<Integer, Item>> keys = new HashSet<>();
        for (Prepared prepared : statements) {
            Map.Entry<Integer, Item> key = key(context, prepared);
            if (key != null && !keys.add(key)) {
                throw DynamoException.validation(StatementErrorMessages.batchDuplicates());
            }
        }
        return true;
    }

    /** The table and the key of a statement's item; null when the statement is refused. */
    private static Map.Entry<Integer, Item> key(ReadContext context, Prepared prepared) {
        if (prepared.statement() == null) {
            return null;
        }
        SelectStatement select = prepared.statement().select();
        ItemWrite write = prepared.statement().write();
        try {
            if (select != null) {
                TableDefinition definition = select.table().resolve(context);
                return Map.entry(definition.id(), requiredKey(definition, select));
            }
            TableDefinition definition = write.table().resolve(context);
            write.verify(definition);
            return Map.entry(definition.id(), write.key(definition));
        } catch (DynamoException refusedLater) {
            return null;
        }
    }

    private CompletableFuture<Outcome> outcome(OperationExecutor executor, int position) {
        Prepared prepared = statements.get(position);
        if (prepared.refused() != null) {
            return CompletableFuture.completedFuture(new Outcome(null, prepared.refused()));
        }
        try {
            return submit(executor, prepared.statement(), position).handle(BatchExecuteStatementOperation::settled);
        } catch (DynamoException refused) {
            return CompletableFuture.completedFuture(new Outcome(null, refused));
        }
    }

    private CompletableFuture<ExecuteStatementResponse> submit(
            OperationExecutor executor, PreparedStatement statement, int position) {
        if (statement.kind() != Statement.Kind.SELECT) {
            return executor.write(new StatementWriteOperation(statement, request.returnConsumedCapacity()));
        }
        boolean consistent =
                Boolean.TRUE.equals(request.statements().get(position).consistentRead());
        SelectOperation select = new SelectOperation(
                statement.select(),
                new SelectOperation.Options(consistent, Integer.MAX_VALUE, null, 0, request.returnConsumedCapacity()));
        return CompletableFuture.completedFuture(executor.read(context -> {
            requiredKey(statement.select().table().resolve(context), statement.select());
            return select.execute(context);
        }));
    }

    private static Item requiredKey(TableDefinition definition, SelectStatement select) {
        select.target(definition);
        Optional<Item> key = WhereTerms.key(definition, select.terms());
        if (select.indexName() != null
                || select.terms().stream().anyMatch(Condition.Call.class::isInstance)
                || key.isEmpty()) {
            throw DynamoException.validation(StatementErrorMessages.batchSelectWithoutKey());
        }
        return key.get();
    }

    private static Outcome settled(ExecuteStatementResponse response, Throwable failure) {
        if (failure == null) {
            return new Outcome(response, null);
        }
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof DynamoException refused) {
            return new Outcome(null, refused);
        }
        throw new CompletionException(cause);
    }

    private BatchExecuteStatementResponse response(List<Outcome> outcomes) {
        List<BatchStatementResponse> responses = new ArrayList<>();
        List<ConsumedCapacity> capacities = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            PreparedStatement statement = statements.get(i).statement();
            String table = statement == null ? null : statement.tableName();
            Outcome outcome = outcomes.get(i);
            if (outcome.refused() != null) {
                responses.add(new BatchStatementResponse(BatchStatementError.of(outcome.refused()), table, null));
                continue;
            }
            List<Item> items = outcome.response().items();
            responses.add(new BatchStatementResponse(null, table, items.isEmpty() ? null : items.get(0)));
            if (outcome.response().consumedCapacity() != null) {
                capacities.add(outcome.response().consumedCapacity());
            }
        }
        return new BatchExecuteStatementResponse(responses, capacities.isEmpty() ? null : capacities);
    }
}
