package io.tailrace.engine.expression;

import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A projection with its names: keeps what its paths lead to, within the maps and lists that lead there. Selected list
 * elements close up, in their order. Source: Developer Guide, "Using projection expressions in DynamoDB".
 */
public final class BoundProjection {
    private final List<Path> paths;
    private final PathTree<Path> tree;

    private BoundProjection(List<Path> paths) {
        this.paths = List.copyOf(paths);
        this.tree = PathTree.of(this.paths, Function.identity());
    }

    /** A projection onto bound paths that do not collide. */
    static BoundProjection of(List<Path> paths) {
        return new BoundProjection(paths);
    }

    /** The paths, in the order of the text. */
    public List<Path> paths() {
        return paths;
    }

    /** The names of the top-level attributes that the paths begin with. */
    public Set<String> topLevelNames() {
        Set<String> names = new LinkedHashSet<>();
        paths.forEach(path -> names.add(path.topLevelName()));
        return names;
    }

    /** What the paths select of {@code item}; an item without attributes when they select nothing. */
    public Item apply(Item item) {
        Map<String, AttributeValue> kept = new LinkedHashMap<>();
        tree.members().forEach((name, node) -> keep(kept, name, item.get(name), node));
        return Item.copyOf(kept);
    }

    private static void keep(Map<String, AttributeValue> kept, String name, AttributeValue value, PathTree<Path> node) {
        AttributeValue selected = select(value, node);
        if (selected != null) {
            kept.put(name, selected);
        }
    }

    /** The selected part of a value, or null for none. */
    private static AttributeValue select(AttributeValue value, PathTree<Path> node) {
        if (value == null || node.isLeaf()) {
            return value;
        }
        if (value instanceof AttributeValue.M map) {
            Map<String, AttributeValue> kept = new LinkedHashMap<>();
            node.members()
                    .forEach((name, below) -> keep(kept, name, map.values().get(name), below));
            return kept.isEmpty() ? null : new AttributeValue.M(kept);
        }
        if (value instanceof AttributeValue.L list) {
            List<AttributeValue> kept = new ArrayList<>();
            // Beyond the list's end nothing can be selected.
            node.positions().headMap(list.values().size()).forEach((position, below) -> {
                AttributeValue selected = select(list.values().get(position), below);
                if (selected != null) {
                    kept.add(selected);
                }
            });
            return kept.isEmpty() ? null : new AttributeValue.L(kept);
        }
        return null;
    }
}
