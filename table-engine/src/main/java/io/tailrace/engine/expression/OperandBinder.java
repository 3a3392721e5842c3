package io.tailrace.engine.expression;

import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.AttributeValue;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts names and values in place of placeholders and checks what can be known without an item: the number of operands
 * and the types of values. Operands first, then what they belong to.
 */
final class OperandBinder {
    static final Set<AttributeType> ORDERED = EnumSet.of(AttributeType.S, AttributeType.N, AttributeType.B);
    private static final Set<AttributeType> STRING_LIKE = EnumSet.of(AttributeType.S, AttributeType.B);
    private static final Set<AttributeType> SIZED =
            EnumSet.complementOf(EnumSet.of(AttributeType.N, AttributeType.BOOL, AttributeType.NULL));
    private static final Set<AttributeType> LISTS = EnumSet.of(AttributeType.L);

    /** The two lists of types in messages are in no order of their own; these are DynamoDB's. */
    private static final String ANY_TYPE = "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}";

    private static final String TYPE_NAMES = "{B,NULL,SS,BOOL,L,BS,N,NS,S,M}";

    private final ExpressionKind kind;
    private final ExpressionAttributes attributes;

    OperandBinder(ExpressionKind kind, ExpressionAttributes attributes) {
        this.kind = kind;
        this.attributes = attributes;
    }

    Operand bind(Operand operand) {
        return switch (operand.kind()) {
            case PATH -> bind((Path) operand);
            case VALUE_REFERENCE ->
                new Operand.Constant(attributes.value(kind, ((Operand.ValueReference) operand).name()));
            case CONSTANT -> operand;
            case CALL -> {
                Operand.Call call = (Operand.Call) operand;
                List<Operand> operands = bindAll(call.operands());
                checkCall(call.function(), operands);
                yield new Operand.Call(call.function(), operands);
            }
        };
    }

    List<Operand> bindAll(List<Operand> operands) {
        List<Operand> bound = new ArrayList<>(operands.size());
        for (Operand operand : operands) {
            bound.add(bind(operand));
        }
        return bound;
    }

    Path bind(Path path) {
        List<PathElement> elements = path.elements();
        if (elements.size() > ExpressionLimits.MAX_PATH_ELEMENTS) {
            throw kind.invalid("The document path has too many nesting levels; nesting levels: " + elements.size());
        }
        if (elements.stream().noneMatch(PathElement.Alias.class::isInstance)) {
            return path;
        }
        return new Path(elements.stream().map(this::bind).collect(Collectors.toList()));
    }

    private PathElement bind(PathElement element) {
        return element instanceof PathElement.Alias alias
                ? new PathElement.Name(attributes.name(kind, alias.alias()))
                : element;
    }

    /** The checks that each function makes of its operands. */
    void checkCall(ExpressionFunction function, List<Operand> operands) {
        String name = function.functionName();
        if (operands.size() != function.operandCount()) {
            throw kind.invalid("Incorrect number of operands for operator or function; operator or function: " + name
                    + ", number of operands: " + operands.size());
        }
        if (function != ExpressionFunction.LIST_APPEND) {
            checkDistinct(name, operands);
        }
        switch (function) {
            case ATTRIBUTE_EXISTS, ATTRIBUTE_NOT_EXISTS, IF_NOT_EXISTS -> checkPath(name, operands.get(0));
            case ATTRIBUTE_TYPE -> checkAttributeType(name, operands.get(1));
            case BEGINS_WITH -> checkTypes(name, operands, STRING_LIKE);
            case CONTAINS -> {
                // Any value may be an element of a list.
            }
            case SIZE -> checkTypes(name, operands, SIZED);
            case LIST_APPEND -> checkTypes(name, operands, LISTS);
        }
    }

    /** Comparing a path with itself is refused. */
    void checkDistinct(String operator, List<Operand> operands) {
        Operand first = operands.get(0);
        if (first instanceof Path && operands.subList(1, operands.size()).contains(first)) {
            throw kind.invalid(
                    "The first operand must be distinct from the remaining operands for this operator or function;"
                            + " operator: " + operator + ", first operand: " + first);
        }
    }

    void checkTypes(String operator, List<Operand> operands, Set<AttributeType> allowed) {
        for (Operand operand : operands) {
            AttributeType type = typeOf(operand);
            if (type != null && !allowed.contains(type)) {
                throw incorrectType(operator, type.name());
            }
        }
    }

    private void checkPath(String function, Operand operand) {
        if (!(operand instanceof Path)) {
            throw kind.invalid("Operator or function requires a document path; operator or function: " + function);
        }
    }

    private void checkAttributeType(String function, Operand typeOperand) {
        AttributeType type = typeOf(typeOperand);
        if (type != AttributeType.S) {
            throw incorrectType(function, type == null ? ANY_TYPE : type.name());
        }
        // Of all operands only a value is known to be a string.
        String name = ((AttributeValue.S) ((Operand.Constant) typeOperand).value()).value();
        for (AttributeType known : AttributeType.values()) {
            if (known.name().equals(name)) {
                return;
            }
        }
        throw kind.invalid("Invalid attribute type name found; type: " + name + ", valid types: " + TYPE_NAMES);
    }

    private ExpressionException incorrectType(String operator, String type) {
        return kind.invalid("Incorrect operand type for operator or function; operator or function: " + operator
                + ", operand type: " + type);
    }

    /** The type that the operand has for any item, or null when that depends on the item. */
    static AttributeType typeOf(Operand operand) {
        return switch (operand.kind()) {
            case PATH, VALUE_REFERENCE -> null;
            case CONSTANT -> ((Operand.Constant) operand).value().type();
            case CALL ->
                switch (((Operand.Call) operand).function()) {
                    case SIZE -> AttributeType.N;
                    case LIST_APPEND -> AttributeType.L;
                    default -> null;
                };
        };
    }
}
