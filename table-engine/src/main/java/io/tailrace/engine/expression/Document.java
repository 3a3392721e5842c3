package io.tailrace.engine.expression;

import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Applies edits to an item. List positions mean the list as it was: values for positions beyond its end are appended in
 * the order of the positions, and what is removed goes last.
 */
final class Document {
    private Document() {}

    /** The item with all edits; their paths fit the item. */
    static Item edit(Item item, List<Edit> edits) {
        PathTree<Edit> tree = PathTree.of(edits, Edit::path);
        Map<String, AttributeValue> attributes = new LinkedHashMap<>(item.attributes());
        editMembers(attributes, tree);
        return Item.wrap(attributes);
    }

    private static void editMembers(Map<String, AttributeValue> members, PathTree<Edit> tree) {
        tree.members().forEach((name, node) -> {
            if (!node.isLeaf()) {
                members.put(name, editWithin(members.get(name), node));
            } else if (node.leaf().isRemoval()) {
                members.remove(name);
            } else {
                members.put(name, node.leaf().value());
            }
        });
    }

    private static AttributeValue editWithin(AttributeValue value, PathTree<Edit> tree) {
        if (value instanceof AttributeValue.M map && tree.positions().isEmpty()) {
            Map<String, AttributeValue> members = new LinkedHashMap<>(map.values());
            editMembers(members, tree);
            return new AttributeValue.M(members);
        }
        if (value instanceof AttributeValue.L list && tree.members().isEmpty()) {
            return new AttributeValue.L(editElements(list.values(), tree));
        }
        throw new IllegalStateException("path does not fit the item");
    }

    private static List<AttributeValue> editElements(List<AttributeValue> before, PathTree<Edit> tree) {
        int size = before.size();
        List<AttributeValue> elements = new ArrayList<>(before);
        SortedMap<Integer, PathTree<Edit>> within = tree.positions().headMap(size);
        within.forEach((position, node) ->
                elements.set(position, node.isLeaf() ? node.leaf().value() : editWithin(before.get(position), node)));
        // A removal left null in its place.
        elements.removeIf(element -> element == null);
        for (PathTree<Edit> node : tree.positions().tailMap(size).values()) {
            if (!node.leaf().isRemoval()) {
                elements.add(node.leaf().value());
            }
        }
        return elements;
    }
}
