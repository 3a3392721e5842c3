/** Proves expressions: grammar, messages, conditions, updates, projections and key conditions. */
package io.tailrace.engine.expression;
