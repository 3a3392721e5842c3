package io.tailrace.engine.operation;

/**
 * One element of UpdateTable's ReplicaUpdates. Members are null where the request has none.
 *
 * @param delete has a region only
 */
public record ReplicaUpdate(ReplicaAction create, ReplicaAction update, ReplicaAction delete) {}
