package io.tailrace.engine.expression;

import io.tailrace.schemas.model.Item;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** An update with its names and values: ready to be applied to items, by any thread. */
public final class BoundUpdate {
    private final List<UpdateAction> actions;
    private final String typeMismatch;
    private final BoundProjection changed;

    private BoundUpdate(List<UpdateAction> actions, String typeMismatch) {
        this.actions = List.copyOf(actions);
        this.typeMismatch = typeMismatch;
        this.changed =
                BoundProjection.of(actions.stream().map(UpdateAction::path).toList());
    }

    /** The update of actions without placeholders whose paths do not collide. */
    static BoundUpdate of(List<UpdateAction> boundActions) {
        return new BoundUpdate(boundActions, UpdateEvaluator.INCORRECT_TYPE);
    }

    /** The update of AttributeUpdates, which has a message of its own for an attribute of another type. */
    static BoundUpdate legacy(List<UpdateAction> boundActions) {
        return new BoundUpdate(boundActions, "Type mismatch for attribute to update");
    }

    /** The actions in the order of the text, without placeholders. */
    public List<UpdateAction> actions() {
        return actions;
    }

    /** The paths that the update changes, in the order of the text; none of them may begin with a key attribute. */
    public List<Path> paths() {
        return changed.paths();
    }

    /** All paths of the text: those that the update changes, and those that its values are read from. */
    public Set<Path> allPaths() {
        Set<Path> all = new LinkedHashSet<>(paths());
        for (UpdateAction action : actions) {
            if (action instanceof UpdateAction.Set set) {
                BoundCondition.collect(operands(set.value()), all);
            }
        }
        return all;
    }

    private static List<Operand> operands(SetValue value) {
        return value instanceof Arithmetic arithmetic
                ? List.of(arithmetic.left(), arithmetic.right())
                : List.of((Operand) value);
    }

    /**
     * Applies all actions to an item. All that is on the right of actions is read from the item as it was.
     *
     * @param before the item, or null when there is none
     * @param key its key attributes, which a new item begins with
     * @throws ExpressionException when the item does not have what the update takes for granted, with DynamoDB's message
     */
    public UpdateResult apply(Item before, Item key) {
        Item base = before == null ? key : before;
        List<UpdateAction> effective = new ArrayList<>(actions);
        if (before == null) {
            // Where there is no item at all, even a path into an attribute may be removed.
            effective.removeIf(action -> action.kind() == UpdateAction.Kind.REMOVE);
        }
        UpdateEvaluator evaluator = new UpdateEvaluator(base, typeMismatch);
        effective.forEach(evaluator::checkPath);
        List<Edit> edits = new ArrayList<>(effective.size());
        // AttributeUpdates may be empty, and then make an item of the key alone.
        boolean stores = before != null || actions.isEmpty();
        for (UpdateAction action : effective) {
            Edit edit = evaluator.edit(action);
            stores |= !edit.isRemoval();
            edits.add(edit);
        }
        return new UpdateResult(before, Document.edit(base, edits), stores, changed);
    }
}
