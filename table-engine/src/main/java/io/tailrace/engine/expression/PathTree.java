package io.tailrace.engine.expression;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Paths that neither overlap nor conflict, as a tree by their elements, so that a document is walked once for all of
 * them. A node is a leaf, or has members, or has positions.
 *
 * @param <T> what a path leads to
 */
final class PathTree<T> {
    private final Map<String, PathTree<T>> members = new LinkedHashMap<>();
    private final SortedMap<Integer, PathTree<T>> positions = new TreeMap<>();
    private T leaf;

    static <T> PathTree<T> of(List<T> leaves, Function<T, Path> pathOf) {
        PathTree<T> root = new PathTree<>();
        for (T leaf : leaves) {
            PathTree<T> node = root;
            for (PathElement element : pathOf.apply(leaf).elements()) {
                node = node.child(element);
            }
            node.leaf = leaf;
        }
        return root;
    }

    private PathTree<T> child(PathElement element) {
        if (element instanceof PathElement.Index position) {
            return positions.computeIfAbsent(position.index(), absent -> new PathTree<>());
        }
        if (element instanceof PathElement.Name name) {
            return members.computeIfAbsent(name.name(), absent -> new PathTree<>());
        }
        throw new IllegalStateException("path is not bound: " + element);
    }

    /** What the path that ends here leads to, or null for a node within. */
    T leaf() {
        return leaf;
    }

    boolean isLeaf() {
        return leaf != null;
    }

    /** The nodes below by map member, in the order of the paths. */
    Map<String, PathTree<T>> members() {
        return members;
    }

    /** The nodes below by list position, ascending. */
    SortedMap<Integer, PathTree<T>> positions() {
        return positions;
    }
}
