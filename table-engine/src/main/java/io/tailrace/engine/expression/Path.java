package io.tailrace.engine.expression;

import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.util.List;

/** A document path: a top-level attribute, then map members and list positions within it. */
public record Path(List<PathElement> elements) implements Operand {
    public Path {
        elements = List.copyOf(elements);
        if (elements.isEmpty() || elements.get(0) instanceof PathElement.Index) {
            throw new IllegalArgumentException("a document path begins with a name");
        }
    }

    /** The path to a top-level attribute. */
    public static Path of(String attributeName) {
        return new Path(List.of(new PathElement.Name(attributeName)));
    }

    @Override
    public Kind kind() {
        return Kind.PATH;
    }

    /** Whether the path leads into an attribute. */
    public boolean isNested() {
        return elements.size() > 1;
    }

    /** The top-level attribute's name; only for a bound path. */
    public String topLevelName() {
        return name(elements.get(0));
    }

    /** The last step. */
    PathElement last() {
        return elements.get(elements.size() - 1);
    }

    /** The path without its last step; only for a nested one. */
    Path parent() {
        return new Path(elements.subList(0, elements.size() - 1));
    }

    /** The value at this path, or null when the item has none; only for a bound path. */
    public AttributeValue in(Item item) {
        AttributeValue value = item.get(topLevelName());
        for (int i = 1; i < elements.size() && value != null; i++) {
            value = step(value, elements.get(i));
        }
        return value;
    }

    private static AttributeValue step(AttributeValue value, PathElement element) {
        if (element instanceof PathElement.Index position) {
            return value instanceof AttributeValue.L list
                            && position.index() < list.values().size()
                    ? list.values().get(position.index())
                    : null;
        }
        return value instanceof AttributeValue.M map ? map.values().get(name(element)) : null;
    }

    private static String name(PathElement element) {
        if (element instanceof PathElement.Name name) {
            return name.name();
        }
        throw new IllegalStateException("path is not bound: " + element);
    }

    /** DynamoDB's way to show a path in messages: [a, b, [0]]. */
    @Override
    public String toString() {
        return elements.toString();
    }
}
