package io.tailrace.engine.partiql;

import io.tailrace.engine.expression.Arithmetic;
import io.tailrace.engine.expression.ComparisonOperator;
import io.tailrace.engine.expression.Path;
import io.tailrace.schemas.model.AttributeValue;
import java.util.List;
import java.util.Objects;

/**
 * An expression of a statement. The grammar lets every expression stand everywhere, as PartiQL's does; {@link
 * StatementBinder} knows which of them DynamoDB takes where.
 */
public sealed interface Expression {
    /** The sorts of expressions. */
    enum Kind {
        PATH,
        LITERAL,
        MISSING,
        PARAMETER,
        LIST,
        STRUCT,
        BAG,
        CALL,
        SUM,
        COMPARISON,
        BETWEEN,
        IN,
        IS,
        AND,
        OR,
        NOT
    }

    Kind kind();

    /**
     * An attribute or a part of one.
     *
     * @param position where it begins, as messages say it
     */
    record PathReference(Path path, Position position) implements Expression {
        public PathReference {
            Objects.requireNonNull(path);
            Objects.requireNonNull(position);
        }

        PathReference(Path path) {
            this(path, Position.NONE);
        }

        @Override
        public Kind kind() {
            return Kind.PATH;
        }
    }

    /** A string, a number, a boolean or null. */
    record Literal(AttributeValue value) implements Expression {
        public Literal {
            Objects.requireNonNull(value);
        }

        @Override
        public Kind kind() {
            return Kind.LITERAL;
        }
    }

    /** The word MISSING. */
    record Missing() implements Expression {
        @Override
        public Kind kind() {
            return Kind.MISSING;
        }
    }

    /** A question mark; positions count from 0 in the order of the text. */
    record Parameter(int position) implements Expression {
        @Override
        public Kind kind() {
            return Kind.PARAMETER;
        }
    }

    /** Elements in brackets, or several in parentheses. */
    record ListOf(List<Expression> elements) implements Expression {
        public ListOf {
            elements = List.copyOf(elements);
        }

        @Override
        public Kind kind() {
            return Kind.LIST;
        }
    }

    /** Named values in braces. */
    record Struct(List<Member> members) implements Expression {
        public Struct {
            members = List.copyOf(members);
        }

        @Override
        public Kind kind() {
            return Kind.STRUCT;
        }
    }

    /** A member of a struct. */
    record Member(String name, Expression value) {
        public Member {
            Objects.requireNonNull(name);
            Objects.requireNonNull(value);
        }
    }

    /** Elements of a set, in double angle brackets. */
    record Bag(List<Expression> elements) implements Expression {
        public Bag {
            elements = List.copyOf(elements);
        }

        @Override
        public Kind kind() {
            return Kind.BAG;
        }
    }

    /**
     * A function; its name as the text spells it.
     *
     * @param position where its name stands, as messages say it
     */
    record Call(String function, List<Expression> operands, Position position) implements Expression {
        public Call {
            Objects.requireNonNull(function);
            operands = List.copyOf(operands);
            Objects.requireNonNull(position);
        }

        Call(String function, List<Expression> operands) {
            this(function, operands, Position.NONE);
        }

        @Override
        public Kind kind() {
            return Kind.CALL;
        }
    }

    /** left + right or left - right. */
    record Sum(Arithmetic.Operator operator, Expression left, Expression right) implements Expression {
        public Sum {
            Objects.requireNonNull(operator);
            Objects.requireNonNull(left);
            Objects.requireNonNull(right);
        }

        @Override
        public Kind kind() {
            return Kind.SUM;
        }
    }

    /** left operator right. */
    record Comparison(ComparisonOperator operator, Expression left, Expression right) implements Expression {
        public Comparison {
            Objects.requireNonNull(operator);
            Objects.requireNonNull(left);
            Objects.requireNonNull(right);
        }

        @Override
        public Kind kind() {
            return Kind.COMPARISON;
        }
    }

    /** value BETWEEN low AND high. */
    record Between(Expression value, Expression low, Expression high) implements Expression {
        public Between {
            Objects.requireNonNull(value);
            Objects.requireNonNull(low);
            Objects.requireNonNull(high);
        }

        @Override
        public Kind kind() {
            return Kind.BETWEEN;
        }
    }

    /** value IN candidates. */
    record In(Expression value, Expression candidates) implements Expression {
        public In {
            Objects.requireNonNull(value);
            Objects.requireNonNull(candidates);
        }

        @Override
        public Kind kind() {
            return Kind.IN;
        }
    }

    /** value IS type; the type in upper case. */
    record Is(Expression value, String type) implements Expression {
        public Is {
            Objects.requireNonNull(value);
            Objects.requireNonNull(type);
        }

        @Override
        public Kind kind() {
            return Kind.IS;
        }
    }

    /** All of the terms. */
    record And(List<Expression> terms) implements Expression {
        public And {
            terms = List.copyOf(terms);
        }

        @Override
        public Kind kind() {
            return Kind.AND;
        }
    }

    /** At least one of the terms. */
    record Or(List<Expression> terms) implements Expression {
        public Or {
            terms = List.copyOf(terms);
        }

        @Override
        public Kind kind() {
            return Kind.OR;
        }
    }

    /** The opposite of the term. */
    record Not(Expression term) implements Expression {
        public Not {
            Objects.requireNonNull(term);
        }

        @Override
        public Kind kind() {
            return Kind.NOT;
        }
    }
}
