package io.tailrace.engine.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A parsed ProjectionExpression, not yet bound to names. */
public final class ProjectionExpression {
    private static final ParseCache<ProjectionExpression> CACHE = new ParseCache<>(ProjectionExpression::parseAnew);
    private static final ExpressionKind KIND = ExpressionKind.PROJECTION;

    private final List<Path> paths;

    private ProjectionExpression(List<Path> paths) {
        this.paths = List.copyOf(paths);
    }

    /**
     * Parses {@code text}, or finds what it was parsed to before.
     *
     * @throws ExpressionException when the text is no projection, with DynamoDB's message
     */
    public static ProjectionExpression parse(String text) {
        return CACHE.get(KIND, Objects.requireNonNull(text));
    }

    private static ProjectionExpression parseAnew(ExpressionKind kind, String text) {
        List<SyntaxNode> syntax = ProjectionParser.parse(TokenStream.of(kind, text));
        return new ProjectionExpression(new TreeBuilder(kind).paths(syntax));
    }

    /** The paths, with placeholders. */
    public List<Path> paths() {
        return paths;
    }

    /** @throws ExpressionException when a placeholder is not defined or paths collide, with DynamoDB's message */
    public BoundProjection bind(ExpressionAttributes attributes) {
        OperandBinder binder = new OperandBinder(KIND, attributes);
        List<Path> bound = new ArrayList<>();
        for (Path path : paths) {
            bound.add(binder.bind(path));
        }
        PathConflicts.check(KIND, bound);
        return BoundProjection.of(bound);
    }
}
