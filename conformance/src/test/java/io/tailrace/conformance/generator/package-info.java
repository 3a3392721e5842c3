/** Generates scenarios from a seed: tables, items, expressions and sequences of requests, valid ones and wrong ones. */
package io.tailrace.conformance.generator;
