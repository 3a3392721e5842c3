package io.tailrace.engine.expression;

import java.util.ArrayList;
import java.util.List;

/** Parses projections: paths with commas between them. */
final class ProjectionParser {
    private ProjectionParser() {}

    static List<SyntaxNode> parse(TokenStream tokens) {
        OperandParser operands = new OperandParser(tokens);
        List<SyntaxNode> paths = new ArrayList<>();
        do {
            paths.add(operands.path());
        } while (tokens.accept(TokenType.COMMA));
        tokens.expect(TokenType.END);
        return paths;
    }
}
