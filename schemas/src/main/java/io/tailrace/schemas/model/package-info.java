/**
 * The item model and the vocabulary that all modules share: attribute values, items, table definitions, changes.
 *
 * <p>Invariant: every value is immutable and already obeys DynamoDB's rules for single values (number range and
 * precision, no empty sets, no duplicate set elements); rules that need context (key sizes, item size) belong to the
 * engine. Imports nothing but the JDK and {@code bytes}.
 */
package io.tailrace.schemas.model;
