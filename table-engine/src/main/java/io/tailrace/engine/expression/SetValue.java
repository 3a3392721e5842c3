package io.tailrace.engine.expression;

/** What stands to the right of the equals sign of SET. */
public sealed interface SetValue permits Operand, Arithmetic {}
