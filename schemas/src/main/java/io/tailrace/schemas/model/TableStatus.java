package io.tailrace.schemas.model;

/** In which part of its life a table is. */
public enum TableStatus {
    CREATING,
    UPDATING,
    ACTIVE,
    DELETING
}
