/**
 * DynamoDB's expressions: conditions, filters, key conditions, projections and updates.
 *
 * <p>A text is parsed once to a typed tree with placeholders ({@link io.tailrace.engine.expression.ConditionExpression} and
 * its siblings; remembered by kind and text), bound to the request's names and values ({@link
 * io.tailrace.engine.expression.ExpressionAttributes}), then tested on items or applied to them. Invariant: what is
 * refused is refused with an {@link io.tailrace.engine.expression.ExpressionException} that carries DynamoDB's message, and
 * faults are found in DynamoDB's order: size; grammar and needless parentheses; then, from left to right, functions,
 * reserved words and list positions; then, when bound, placeholders and operands.
 *
 * <p>Depends on the item model only; must not import other packages of the engine.
 *
 * <h2>Grammar</h2>
 *
 * Keywords (AND OR NOT BETWEEN IN SET REMOVE ADD DELETE) may be written in any case and are never names, whatever the kind
 * of expression. Functions are case-sensitive. White space (space, tab, carriage return, line feed) may stand between
 * tokens.
 *
 * <pre>{@code
 * condition   = and-term { OR and-term }                       ConditionExpression, FilterExpression,
 * and-term    = not-term { AND not-term }                      KeyConditionExpression
 * not-term    = { NOT } predicate
 * predicate   = "(" condition ")"
 *             | function
 *             | operand comparator operand
 *             | operand BETWEEN operand AND operand
 *             | operand IN operands
 * comparator  = "=" | "<>" | "<" | "<=" | ">" | ">="
 *
 * operand     = "(" operand ")" | value | function | path
 * function    = name operands
 * operands    = "(" operand { "," operand } ")"
 * path        = step { "." step | "[" number "]" }
 * step        = name | alias                                   (after a dot also a value: always refused as undefined)
 *
 * projection  = path { "," path }                              ProjectionExpression
 *
 * update      = clause { clause }                              UpdateExpression
 * clause      = SET set { "," set }
 *             | REMOVE path { "," path }
 *             | ADD path value { "," path value }
 *             | DELETE path value { "," path value }
 * set         = path "=" set-value
 * set-value   = "(" set-value ")" | operand [ ( "+" | "-" ) operand ]
 *
 * name        = letter { letter | digit | "_" }
 * alias       = "#" ( letter | digit | "_" ) { letter | digit | "_" }
 * value       = ":" ( letter | digit | "_" ) { letter | digit | "_" }
 * number      = "0" | ( "1" ... "9" ) { digit }
 * }</pre>
 *
 * Beyond the grammar: parentheses directly within parentheses are refused, a sum in parentheses takes no further operator,
 * and a clause stands only once. The numbers that bound an expression are in {@code ExpressionLimits}.
 */
package io.tailrace.engine.expression;
