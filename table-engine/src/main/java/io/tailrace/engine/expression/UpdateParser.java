package io.tailrace.engine.expression;

import io.tailrace.engine.expression.SyntaxNode.Shape;
import java.util.ArrayList;
import java.util.List;

/** Parses updates: clauses, each with its actions. That a clause stands only once is checked later. */
final class UpdateParser {
    private final TokenStream tokens;
    private final OperandParser operands;

    private UpdateParser(TokenStream tokens) {
        this.tokens = tokens;
        this.operands = new OperandParser(tokens);
    }

    /** One clause with its actions. */
    record Clause(UpdateAction.Kind kind, List<Action> actions) {}

    /** A path and, but for REMOVE, the value. */
    record Action(SyntaxNode path, SyntaxNode value) {}

    static List<Clause> parse(TokenStream tokens) {
        return new UpdateParser(tokens).clauses();
    }

    private List<Clause> clauses() {
        List<Clause> clauses = new ArrayList<>();
        do {
            UpdateAction.Kind kind = clauseKind();
            tokens.next();
            List<Action> actions = new ArrayList<>();
            do {
                actions.add(action(kind));
            } while (tokens.accept(TokenType.COMMA));
            clauses.add(new Clause(kind, actions));
        } while (!tokens.at(TokenType.END));
        return clauses;
    }

    private UpdateAction.Kind clauseKind() {
        return switch (tokens.peek().type()) {
            case SET -> UpdateAction.Kind.SET;
            case REMOVE -> UpdateAction.Kind.REMOVE;
            case ADD -> UpdateAction.Kind.ADD;
            case DELETE -> UpdateAction.Kind.DELETE;
            default -> throw tokens.syntaxError();
        };
    }

    private Action action(UpdateAction.Kind kind) {
        SyntaxNode path = operands.path();
        return switch (kind) {
            case SET -> {
                tokens.expect(TokenType.EQUAL);
                yield new Action(path, setValue());
            }
            case REMOVE -> new Action(path, null);
            case ADD, DELETE -> new Action(path, operands.value());
        };
    }

    /** set value = group [ ( "+" | "-" ) operand ]; a group that is a sum already takes no further operator. */
    private SyntaxNode setValue() {
        SyntaxNode left = group();
        if (left.shape() == Shape.ARITHMETIC || (!tokens.at(TokenType.PLUS) && !tokens.at(TokenType.MINUS))) {
            return left;
        }
        Token operator = tokens.next();
        tokens.countOperator();
        return SyntaxNode.of(Shape.ARITHMETIC, operator, List.of(left, operands.operand()));
    }

    /** group = "(" set value ")" | simple operand. */
    private SyntaxNode group() {
        if (!tokens.at(TokenType.LEFT_PARENTHESIS)) {
            return operands.simpleOperand();
        }
        tokens.next();
        tokens.enterParentheses();
        SyntaxNode inner = setValue();
        tokens.leave();
        return operands.closed(inner);
    }
}
