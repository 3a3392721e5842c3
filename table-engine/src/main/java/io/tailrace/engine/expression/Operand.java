package io.tailrace.engine.expression;

import io.tailrace.schemas.model.AttributeValue;
import java.util.List;
import java.util.Objects;

/** Something that has a value: a path, a value of the request, or a function of those. */
public sealed interface Operand extends SetValue permits Path, Operand.ValueReference, Operand.Constant, Operand.Call {
    /** The sorts of operands. */
    enum Kind {
        PATH,
        VALUE_REFERENCE,
        CONSTANT,
        CALL
    }

    Kind kind();

    /** A :placeholder, with its sign, for a value that binding finds. */
    record ValueReference(String name) implements Operand {
        public ValueReference {
            Objects.requireNonNull(name);
        }

        @Override
        public Kind kind() {
            return Kind.VALUE_REFERENCE;
        }
    }

    /** A value; bound trees have it where parsed ones have a placeholder. */
    record Constant(AttributeValue value) implements Operand {
        public Constant {
            Objects.requireNonNull(value);
        }

        @Override
        public Kind kind() {
            return Kind.CONSTANT;
        }
    }

    /** size, if_not_exists or list_append. */
    record Call(ExpressionFunction function, List<Operand> operands) implements Operand {
        public Call {
            operands = List.copyOf(operands);
            if (function.role() == ExpressionFunction.Role.CONDITION) {
                throw new IllegalArgumentException(function + " is a condition");
            }
        }

        @Override
        public Kind kind() {
            return Kind.CALL;
        }
    }
}
