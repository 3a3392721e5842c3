/**
 * The operations of the API on tables and items. One operation is one class: its constructor validates what can be seen
 * without state, in DynamoDB's order of checks, and {@code plan} or {@code execute} does the rest against what the engine
 * hands it. Plans are pure: no clock, no random, no I/O.
 *
 * <p>Requests and answers are records with the API's members. Enumerated members stay strings, so that a bad one can be
 * reported with the others in one message, as DynamoDB does.
 *
 * <p>Must not import: HTTP, JSON, Kafka, the journal or RocksDB.
 */
package io.tailrace.engine.operation;
