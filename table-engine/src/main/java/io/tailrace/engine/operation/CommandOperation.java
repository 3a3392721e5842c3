package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.expression.ExpressionKind;
import io.tailrace.engine.read.StoredItem;
import io.tailrace.engine.writer.ItemMutation;
import io.tailrace.engine.writer.Mutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Command;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemVersion;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.model.TimeToLive;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A write that a processor asks for. That its condition no longer holds, or that its table is gone, is an ordinary outcome; a
 * command that no table could take is refused like the request that it stands for.
 */
public final class CommandOperation implements WriteOperation<CommandOutcome> {
    private final Command command;
    private final WriteCondition condition;

    /** @throws DynamoException when the command is wrong whatever tables there are */
    public CommandOperation(Command command) {
        if (command.action() instanceof Command.TellTable) {
            throw DynamoException.validation("The command tells of a table in another region, and there are no others");
        }
        this.command = command;
        Map<String, String> names = command.expressionAttributeNames();
        Map<String, AttributeValue> values = command.expressionAttributeValues();
        BoundExpressions expressions =
                new BoundExpressions(names.isEmpty() ? null : names, values.isEmpty() ? null : values, List.of());
        condition = new WriteCondition(
                expressions.condition(ExpressionKind.CONDITION, command.conditionExpression()), false);
        expressions.verifyAllUsed();
        if (command.version() == null && command.action() instanceof Command.Put put) {
            ItemValidator.checkItem(put.item(), List.of(), "");
            ItemValidator.checkPutSize(put.item());
        }
    }

    @Override
    public Plan<CommandOutcome> plan(PlanContext context) {
        Optional<TableDefinition> table = context.table(command.tableName())
                .filter(definition -> command.tableId() == 0 || command.tableId() == definition.id());
        if (table.isEmpty()) {
            return plan(List.of(), CommandOutcome.TABLE_MISSING);
        }
        TableDefinition definition = table.get();
        if (command.version() != null) {
            return planReplicated(definition, context);
        }
        Item newItem = command.action() instanceof Command.Put put ? put.item() : null;
        Item written = newItem;
        if (command.action() instanceof Command.Delete delete) {
            written = delete.key();
            KeyValidator.checkKey(definition, written);
        } else {
            KeyValidator.checkItem(definition, written);
        }
        condition.verify(definition);
        Item key = definition.key().keyOf(written);
        StoredItem stored = context.item(definition, key);
        Item oldItem = stored == null ? null : stored.item();
        if (!condition.holds(oldItem) || !hasExpired(definition, oldItem, context)) {
            return plan(List.of(), CommandOutcome.CONDITION_FAILED);
        }
        new ItemCollections(context).add(definition, stored == null ? null : stored.item(), newItem);
        return plan(List.of(new ItemMutation(definition, key, stored, newItem)), CommandOutcome.APPLIED);
    }

    /**
     * The greater version wins, as a whole. Only the key is checked again: the write was accepted elsewhere, where indexes may
     * be older or newer than here, and a region that refused it would never be like the others.
     */
    private Plan<CommandOutcome> planReplicated(TableDefinition definition, PlanContext context) {
        if (!definition.isGlobal()) {
            return plan(List.of(), CommandOutcome.TABLE_MISSING);
        }
        Item newItem = command.action() instanceof Command.Put put ? put.item() : null;
        Item key = newItem == null
                ? ((Command.Delete) command.action()).key()
                : definition.key().keyOf(newItem);
        KeyValidator.checkKey(definition, key);
        StoredItem stored = context.item(definition, key);
        ItemVersion found = context.version(definition, key, stored);
        if (found != null && !command.version().isAfter(found)) {
            return plan(List.of(), CommandOutcome.OUTDATED);
        }
        return plan(
                List.of(new ItemMutation(definition, key, stored, newItem, command.version())), CommandOutcome.APPLIED);
    }

    /**
     * The last word about an expired item: its value may have been moved, or time to live switched off, since the command was
     * sent.
     */
    private boolean hasExpired(TableDefinition definition, Item item, PlanContext context) {
        String attribute = command.timeToLiveAttribute();
        return attribute == null
                || (item != null
                        && attribute.equals(definition.ttlAttribute())
                        && TimeToLive.hasExpired(item, attribute, context.now()));
    }

    private Plan<CommandOutcome> plan(List<Mutation> mutations, CommandOutcome outcome) {
        return new Plan<>(mutations, outcome, command.userIdentity(), null);
    }
}
