package io.tailrace.engine.expression;

import io.tailrace.engine.expression.SyntaxNode.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses conditions. An opening parenthesis may begin a condition or an operand; which of them shows only behind it, so
 * the rules below return operands too where they are called directly within parentheses ({@code mayBeOperand}), and the
 * token that then does not fit is the one that DynamoDB reports.
 */
final class ConditionParser {
    private final TokenStream tokens;
    private final OperandParser operands;

    private ConditionParser(TokenStream tokens) {
        this.tokens = tokens;
        this.operands = new OperandParser(tokens);
    }

    static SyntaxNode parse(TokenStream tokens) {
        SyntaxNode condition = new ConditionParser(tokens).or(false);
        tokens.expect(TokenType.END);
        return condition;
    }

    private SyntaxNode or(boolean mayBeOperand) {
        SyntaxNode first = and(mayBeOperand);
        if (!tokens.at(TokenType.OR)) {
            return first;
        }
        Token operator = tokens.peek();
        List<SyntaxNode> conditions = new ArrayList<>();
        conditions.add(condition(first));
        while (tokens.accept(TokenType.OR)) {
            tokens.countOperator();
            conditions.add(and(false));
        }
        return SyntaxNode.of(Shape.OR, operator, conditions);
    }

    private SyntaxNode and(boolean mayBeOperand) {
        SyntaxNode first = not(mayBeOperand);
        if (!tokens.at(TokenType.AND)) {
            return first;
        }
        Token operator = tokens.peek();
        List<SyntaxNode> conditions = new ArrayList<>();
        conditions.add(condition(first));
        while (tokens.accept(TokenType.AND)) {
            tokens.countOperator();
            conditions.add(not(false));
        }
        return SyntaxNode.of(Shape.AND, operator, conditions);
    }

    private SyntaxNode not(boolean mayBeOperand) {
        List<Token> operators = new ArrayList<>();
        while (tokens.at(TokenType.NOT)) {
            operators.add(tokens.next());
            tokens.countOperator();
        }
        SyntaxNode node = predicate(mayBeOperand && operators.isEmpty());
        for (int i = operators.size() - 1; i >= 0; i--) {
            node = SyntaxNode.of(Shape.NOT, operators.get(i), List.of(node));
        }
        return node;
    }

    private SyntaxNode predicate(boolean mayBeOperand) {
        SyntaxNode first = primary();
        if (!first.isOperand()) {
            return first;
        }
        return switch (tokens.peek().type()) {
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                comparison(operands.checked(first));
            case BETWEEN -> between(operands.checked(first));
            case IN -> in(operands.checked(first));
            default -> mayBeOperand ? first : condition(first);
        };
    }

    /** Refuses a plain operand where a condition has to be: the current token should have been its operator. */
    private SyntaxNode condition(SyntaxNode node) {
        if (node.isPlainOperand()) {
            throw tokens.syntaxError();
        }
        return operands.checked(node);
    }

    private SyntaxNode primary() {
        if (!tokens.at(TokenType.LEFT_PARENTHESIS)) {
            return operands.simpleOperand();
        }
        tokens.next();
        tokens.enterParentheses();
        SyntaxNode inner = or(true);
        tokens.leave();
        if (!inner.isOperand()) {
            return operands.closed(inner);
        }
        // Whether these parentheses are around an operand or a condition is not known yet, nor is it their fault.
        tokens.expect(TokenType.RIGHT_PARENTHESIS);
        return inner.inParentheses();
    }

    private SyntaxNode comparison(SyntaxNode left) {
        Token operator = tokens.next();
        tokens.countOperator();
        return SyntaxNode.of(Shape.COMPARISON, operator, List.of(left, operands.operand()));
    }

    private SyntaxNode between(SyntaxNode value) {
        Token operator = tokens.next();
        tokens.countOperator();
        SyntaxNode low = operands.operand();
        tokens.expect(TokenType.AND);
        return SyntaxNode.of(Shape.BETWEEN, operator, List.of(value, low, operands.operand()));
    }

    private SyntaxNode in(SyntaxNode value) {
        Token operator = tokens.next();
        tokens.countOperator();
        List<SyntaxNode> children = new ArrayList<>();
        children.add(value);
        children.addAll(operands.operandList());
        return SyntaxNode.of(Shape.IN, operator, children);
    }
}
