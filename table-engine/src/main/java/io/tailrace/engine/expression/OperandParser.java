package io.tailrace.engine.expression;

import io.tailrace.engine.expression.SyntaxNode.Shape;
import java.util.ArrayList;
import java.util.List;

/** The part of the grammar that all expressions share: paths, values and functions. */
final class OperandParser {
    private final TokenStream tokens;

    OperandParser(TokenStream tokens) {
        this.tokens = tokens;
    }

    /** operand = "(" operand ")" | simple operand. */
    SyntaxNode operand() {
        if (!tokens.at(TokenType.LEFT_PARENTHESIS)) {
            return simpleOperand();
        }
        tokens.next();
        tokens.enterParentheses();
        SyntaxNode inner = operand();
        tokens.leave();
        return closed(inner);
    }

    /** Takes the closing parenthesis after {@code inner}, which must not stand in parentheses of its own already. */
    SyntaxNode closed(SyntaxNode inner) {
        tokens.expect(TokenType.RIGHT_PARENTHESIS);
        return checked(inner.inParentheses());
    }

    SyntaxNode checked(SyntaxNode node) {
        if (node.hasRedundantParentheses()) {
            throw tokens.redundantParentheses();
        }
        return node;
    }

    /** simple operand = value | function | path. */
    SyntaxNode simpleOperand() {
        if (tokens.at(TokenType.VALUE)) {
            return value();
        }
        if (tokens.at(TokenType.NAME) && tokens.isFollowedBy(TokenType.LEFT_PARENTHESIS)) {
            return call();
        }
        return path();
    }

    SyntaxNode value() {
        return SyntaxNode.value(tokens.expect(TokenType.VALUE));
    }

    private SyntaxNode call() {
        Token name = tokens.next();
        tokens.countOperator();
        tokens.enterCall();
        List<SyntaxNode> operands = operandList();
        tokens.leave();
        return SyntaxNode.of(Shape.CALL, name, operands);
    }

    /** operand list = "(" operand { "," operand } ")". */
    List<SyntaxNode> operandList() {
        tokens.expect(TokenType.LEFT_PARENTHESIS);
        List<SyntaxNode> operands = new ArrayList<>();
        do {
            operands.add(operand());
        } while (tokens.accept(TokenType.COMMA));
        tokens.expect(TokenType.RIGHT_PARENTHESIS);
        return operands;
    }

    /** path = name { "." name | "[" number "]" }. */
    SyntaxNode path() {
        List<Token> steps = new ArrayList<>();
        steps.add(name());
        while (true) {
            if (tokens.accept(TokenType.DOT)) {
                // DynamoDB's grammar takes a value's placeholder here for that of a name, which is then never defined.
                steps.add(tokens.at(TokenType.VALUE) ? tokens.next() : name());
            } else if (tokens.accept(TokenType.LEFT_BRACKET)) {
                steps.add(tokens.expect(TokenType.NUMBER));
                tokens.expect(TokenType.RIGHT_BRACKET);
            } else {
                return SyntaxNode.path(steps);
            }
        }
    }

    private Token name() {
        return tokens.at(TokenType.ALIAS) ? tokens.next() : tokens.expect(TokenType.NAME);
    }
}
