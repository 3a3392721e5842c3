/**
 * PartiQL for DynamoDB: the text of a statement, its typed tree, and the trees of {@link io.tailrace.engine.expression}
 * that carry it out.
 *
 * <p>{@link io.tailrace.engine.partiql.StatementParser} turns a text into a {@link
 * io.tailrace.engine.partiql.Statement}; {@link io.tailrace.engine.partiql.StatementBinder} puts parameters in their
 * places and makes conditions, updates and values of its expressions. There is no evaluator here: what a statement means is
 * what the expressions mean that it becomes. Invariant: whatever the text, it is either parsed or refused with a
 * ValidationException, within bounded depth.
 *
 * <p>Must not import operations, the state or the journal.
 *
 * <h2>Grammar</h2>
 *
 * Keywords and function names may be written in any case. A name that is a keyword of PartiQL must be quoted.
 *
 * <pre>{@code
 * statement   = ( select | insert | update | delete | exists ) [ ";" ]
 * select      = SELECT projection FROM table [ WHERE expression ] [ ORDER BY order { "," order } ]
 * projection  = "*" | path { "," path }
 * order       = path [ ASC | DESC ]
 * insert      = INSERT INTO table VALUE struct
 * update      = UPDATE table change { change } [ WHERE expression ] [ returning ]
 *             | FROM table [ WHERE expression ] change { change } [ returning ]
 * change      = SET path "=" expression { "," path "=" expression }
 *             | REMOVE path
 * delete      = DELETE FROM table [ WHERE expression ] [ returning ]
 * returning   = RETURNING ( ALL | MODIFIED ) ( OLD | NEW ) "*"
 * exists      = EXISTS "(" select ")"
 * table       = name [ "." name ]                              the second is an index
 *
 * expression  = and-term { OR and-term }
 * and-term    = not-term { AND not-term }
 * not-term    = NOT not-term | predicate
 * predicate   = sum { comparator sum
 *                   | [ NOT ] BETWEEN sum AND sum
 *                   | [ NOT ] IN ( list | bag | "(" expression { "," expression } ")" | sum )
 *                   | IS [ NOT ] type }
 * comparator  = "=" | "<>" | "!=" | "<" | "<=" | ">" | ">="
 * type        = MISSING | NULL | word
 * sum         = primary { ( "+" | "-" ) primary }
 * primary     = literal | "?" | function | path
 *             | "(" expression ")" | "(" expression "," expression { "," expression } ")"
 * literal     = string | [ "+" | "-" ] number | TRUE | FALSE | NULL | MISSING | list | struct | bag
 * list        = "[" [ expression { "," expression } ] "]"
 * struct      = "{" [ string ":" expression { "," string ":" expression } ] "}"
 * bag         = "<<" [ expression { "," expression } ] ">>"
 * function    = word "(" [ expression { "," expression } ] ")"
 * path        = name { "." name | "[" digits "]" | "[" string "]" }
 *
 * name        = word | quoted
 * word        = ( letter | "_" | "$" ) { letter | digit | "_" | "$" }
 * quoted      = '"' { any character, '"' doubled } '"'
 * string      = "'" { any character, "'" doubled } "'"
 * number      = ( digits [ "." [ digits ] ] | "." digits ) [ ( "e" | "E" ) [ "+" | "-" ] digits ]
 * }</pre>
 *
 * Comments are {@code -- to the end of the line} and {@code /* ... *}{@code /}.
 *
 * <p>(Developer Guide, "PartiQL - a SQL-compatible query language for Amazon DynamoDB".)
 */
package io.tailrace.engine.partiql;
