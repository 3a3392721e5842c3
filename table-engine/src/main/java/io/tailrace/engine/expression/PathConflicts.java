package io.tailrace.engine.expression;

import java.util.List;

/**
 * Refuses two paths of one expression where one leads into what the other means (overlap), or where they take one value
 * for a map and for a list (conflict).
 */
final class PathConflicts {
    /** How two paths stand to one another. */
    private enum Relation {
        APART,
        OVERLAP,
        CONFLICT
    }

    private PathConflicts() {}

    /** @throws ExpressionException naming the first pair that overlaps, else the first that conflicts */
    static void check(ExpressionKind kind, List<Path> paths) {
        check(kind, paths, Relation.OVERLAP, "overlap");
        check(kind, paths, Relation.CONFLICT, "conflict");
    }

    private static void check(ExpressionKind kind, List<Path> paths, Relation refused, String verb) {
        for (int second = 1; second < paths.size(); second++) {
            for (int first = 0; first < second; first++) {
                if (relation(paths.get(first), paths.get(second)) == refused) {
                    throw kind.invalid("Two document paths " + verb
                            + " with each other; must remove or rewrite one of these paths; path one: "
                            + paths.get(first) + ", path two: " + paths.get(second));
                }
            }
        }
    }

    private static Relation relation(Path one, Path two) {
        int common = Math.min(one.elements().size(), two.elements().size());
        for (int i = 0; i < common; i++) {
            PathElement a = one.elements().get(i);
            PathElement b = two.elements().get(i);
            if (!a.equals(b)) {
                return a.getClass() == b.getClass() ? Relation.APART : Relation.CONFLICT;
            }
        }
        return Relation.OVERLAP;
    }
}
