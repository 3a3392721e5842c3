package io.tailrace.engine.expression;

import io.tailrace.schemas.model.Item;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A condition with its names and values: ready to be tested on items, by any thread. */
public final class BoundCondition {
    private final Condition tree;

    private BoundCondition(Condition tree) {
        this.tree = tree;
    }

    /** The condition of a tree without placeholders. */
    static BoundCondition of(Condition boundTree) {
        return new BoundCondition(boundTree);
    }

    /**
     * Whether the condition holds.
     *
     * @param item the item; null or without attributes when there is none
     */
    public boolean test(Item item) {
        return new ConditionEvaluator(item == null ? Item.EMPTY : item).test(tree);
    }

    /** The tree, without placeholders. */
    public Condition tree() {
        return tree;
    }

    /** All paths that the condition looks at, in the order of the text. */
    public Set<Path> paths() {
        Set<Path> paths = new LinkedHashSet<>();
        collect(tree, paths);
        return paths;
    }

    private static void collect(Condition condition, Set<Path> paths) {
        switch (condition.kind()) {
            case COMPARISON -> {
                Condition.Comparison comparison = (Condition.Comparison) condition;
                collect(List.of(comparison.left(), comparison.right()), paths);
            }
            case BETWEEN -> {
                Condition.Between between = (Condition.Between) condition;
                collect(List.of(between.value(), between.low(), between.high()), paths);
            }
            case IN -> {
                Condition.In in = (Condition.In) condition;
                collect(List.of(in.value()), paths);
                collect(in.candidates(), paths);
            }
            case CALL -> collect(((Condition.Call) condition).operands(), paths);
            case AND -> ((Condition.And) condition).conditions().forEach(part -> collect(part, paths));
            case OR -> ((Condition.Or) condition).conditions().forEach(part -> collect(part, paths));
            case NOT -> collect(((Condition.Not) condition).condition(), paths);
        }
    }

    /** Adds the paths among operands and their operands. */
    static void collect(List<Operand> operands, Set<Path> paths) {
        for (Operand operand : operands) {
            if (operand instanceof Path path) {
                paths.add(path);
            } else if (operand instanceof Operand.Call call) {
                collect(call.operands(), paths);
            }
        }
    }
}
