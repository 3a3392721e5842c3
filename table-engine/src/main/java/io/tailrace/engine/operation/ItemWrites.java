package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorMessages;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.expression.BoundCondition;
import io.tailrace.engine.expression.ExpressionKind;
import io.tailrace.engine.read.StoredItem;
import io.tailrace.engine.writer.ItemMutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the writes of single items have in common: their conditions, consumed capacity and item collection metrics.
 */
final class ItemWrites {
    private static final String ALL_OLD = "ALL_OLD";

    /** Makes the answer of one operation of its parts. */
    interface AnswerForm<R> {
        R answer(Item attributes, ConsumedCapacity consumedCapacity, ItemCollectionMetrics itemCollectionMetrics);
    }

    private ItemWrites() {}

    /**
     * Validates a request as far as that needs no tables. DynamoDB reports a single fault of these three operations as it
     * reports one of several: as "1 validation error detected".
     *
     * @throws DynamoException when the request is wrong
     */
    static <W> W validated(ConditionedWriteRequest request, Supplier<W> validation) {
        try {
            return validation.get();
        } catch (DynamoException refused) {
            if (refused.type() != ErrorType.VALIDATION
                    || ErrorMessages.isConstraintViolations(refused.getMessage())
                    || WriteMembers.isVeryDeep(request)) {
                throw refused;
            }
            throw DynamoException.validation(ErrorMessages.constraintViolations(List.of(refused.getMessage())));
        }
    }

    /**
     * Refuses parameters that do not go together.
     *
     * @param parameters the operation's own ones, which come first
     */
    static void verifyParameters(ExpressionParameters parameters, ConditionedWriteRequest request) {
        parameters
                .older("Expected", request.expected())
                .older("ConditionalOperator", request.conditionalOperator())
                .expression("ConditionExpression", request.conditionExpression())
                .verifySingleWrite(request.expressionAttributeNames(), request.expressionAttributeValues());
    }

    /** PutItem and DeleteItem return the old item or nothing. */
    static void checkReturnsOldOrNone(String returnValues) {
        if (returnValues != null && !returnValues.equals("NONE") && !returnsAllOld(returnValues)) {
            throw DynamoException.validation(ErrorMessages.returnValuesOfPut());
        }
    }

    /** The placeholders of a request, for its expressions. */
    static BoundExpressions expressions(ConditionedWriteRequest request) {
        return new BoundExpressions(
                request.expressionAttributeNames(), request.expressionAttributeValues(), request.malformedValues());
    }

    /**
     * The condition of a request, of Expected or of its ConditionExpression. That is the last expression of a write:
     * afterwards all placeholders must have been used.
     */
    static WriteCondition condition(ConditionedWriteRequest request, BoundExpressions expressions) {
        BoundCondition condition = request.conditionExpression() == null
                ? LegacyParameters.expected(
                        request.expected(), request.conditionalOperator(), request.malformedValues())
                : expressions.condition(ExpressionKind.CONDITION, request.conditionExpression());
        expressions.verifyAllUsed();
        return new WriteCondition(condition, returnsAllOld(request.returnValuesOnConditionCheckFailure()));
    }

    /** The plan of a write whose new item does not depend on what is returned of it: a put or a delete. */
    static <R> Plan<R> plan(ItemWrite write, ConditionedWriteRequest request, PlanContext context, AnswerForm<R> form) {
        TableDefinition definition = write.table().resolve(context);
        write.verify(definition);
        Item key = write.key(definition);
        StoredItem stored = context.item(definition, key);
        Item oldItem = stored == null ? null : stored.item();
        write.condition().require(oldItem);
        Item newItem = write.newItem(definition, oldItem);
        ItemCollections collections = new ItemCollections(context);
        collections.add(definition, oldItem, newItem);
        return new Plan<>(
                List.of(new ItemMutation(definition, key, stored, newItem)),
                form.answer(
                        returnsAllOld(request.returnValues()) ? oldItem : null,
                        capacity(request.tableName(), request.returnConsumedCapacity(), definition, oldItem, newItem),
                        collectionMetrics(request.returnItemCollectionMetrics(), collections, definition, key)));
    }

    static boolean returnsAllOld(String returnValues) {
        return ALL_OLD.equals(returnValues);
    }

    /** @param tableName as the request spelled it */
    static ConsumedCapacity capacity(
            String tableName, String returnConsumedCapacity, TableDefinition table, Item oldItem, Item newItem) {
        CapacityAccount.Detail detail = CapacityAccount.Detail.of(returnConsumedCapacity);
        if (detail == CapacityAccount.Detail.NONE) {
            return null;
        }
        CapacityAccount account = new CapacityAccount(tableName);
        WriteCapacity.of(table, oldItem, newItem, 1).addTo(account);
        return account.report(detail, CapacityAccount.Kind.PLAIN);
    }

    /**
     * The metrics of the item's collection; null when they were not asked for or the table has no local indexes.
     *
     * @param collections has noted the write
     */
    static ItemCollectionMetrics collectionMetrics(
            String returnItemCollectionMetrics, ItemCollections collections, TableDefinition table, Item key) {
        return ItemCollections.areAskedFor(returnItemCollectionMetrics) ? collections.metrics(table, key) : null;
    }
}
