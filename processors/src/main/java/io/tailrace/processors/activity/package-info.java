/**
 * Analytics of user activity, read from a table's public stream topic as any application would read it.
 *
 * <p>Invariant: each inserted item counts exactly once in every result, whenever and in whatever order it arrives: the sum
 * over minutes, over types, over pages and over sessions is the number of events. Must not import another topology's
 * package.
 */
package io.tailrace.processors.activity;
