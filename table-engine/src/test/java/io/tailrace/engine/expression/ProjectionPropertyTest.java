package io.tailrace.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.model.Item;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Proves that projections keep what their paths lead to and nothing else. */
class ProjectionPropertyTest {
    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void mapPathsLeadToTheSameValues(@ForAll("items") Item item, @ForAll("paths") List<Path> paths) {
        BoundProjection projection = project(paths);
        Item projected = projection.apply(item);
        for (Path path : paths) {
            // A selected list element may move up; members of maps stay where they are.
            if (path.elements().stream().noneMatch(PathElement.Index.class::isInstance)) {
                assertThat(path.in(projected)).isEqualTo(path.in(item));
            }
        }
        assertThat(projection.topLevelNames()).containsAll(projected.names());
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void nothingIsKeptWhenNoPathLeadsAnywhere(@ForAll("items") Item item, @ForAll("paths") List<Path> paths) {
        boolean found = paths.stream().anyMatch(path -> path.in(item) != null);
        assertThat(project(paths).apply(item).isEmpty()).isEqualTo(!found);
    }

    private static BoundProjection project(List<Path> paths) {
        try {
            PathConflicts.check(ExpressionKind.PROJECTION, paths);
        } catch (ExpressionException collision) {
            Assume.that(false);
        }
        return BoundProjection.of(paths);
    }

    @Provide
    Arbitrary<Item> items() {
        return Arbitrarily.item();
    }

    @Provide
    Arbitrary<List<Path>> paths() {
        return Arbitrarily.boundPath().list().ofMinSize(1).ofMaxSize(3);
    }
}
