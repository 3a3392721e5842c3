package io.tailrace.engine.expression;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The functions; names are case-sensitive. */
public enum ExpressionFunction {
    ATTRIBUTE_EXISTS("attribute_exists", 1, Role.CONDITION),
    ATTRIBUTE_NOT_EXISTS("attribute_not_exists", 1, Role.CONDITION),
    ATTRIBUTE_TYPE("attribute_type", 2, Role.CONDITION),
    BEGINS_WITH("begins_with", 2, Role.CONDITION),
    CONTAINS("contains", 2, Role.CONDITION),
    SIZE("size", 1, Role.CONDITION_OPERAND),
    IF_NOT_EXISTS("if_not_exists", 2, Role.UPDATE_OPERAND),
    LIST_APPEND("list_append", 2, Role.UPDATE_OPERAND);

    /** Where a function may stand. */
    public enum Role {
        /** It is a condition. */
        CONDITION,
        /** It is a value within a condition. */
        CONDITION_OPERAND,
        /** It is a value in an update. */
        UPDATE_OPERAND
    }

    private static final Map<String, ExpressionFunction> BY_NAME = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(ExpressionFunction::functionName, Function.identity()));

    private final String functionName;
    private final int operandCount;
    private final Role role;

    ExpressionFunction(String functionName, int operandCount, Role role) {
        this.functionName = functionName;
        this.operandCount = operandCount;
        this.role = role;
    }

    /** The name as expressions write it. */
    public String functionName() {
        return functionName;
    }

    public int operandCount() {
        return operandCount;
    }

    /** Where it may stand. */
    public Role role() {
        return role;
    }

    /** The function of that name, or null. */
    public static ExpressionFunction named(String name) {
        return BY_NAME.get(name);
    }
}
