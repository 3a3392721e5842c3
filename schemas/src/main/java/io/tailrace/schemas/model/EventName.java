package io.tailrace.schemas.model;

/** A stream record's event name. */
public enum EventName {
    INSERT,
    MODIFY,
    REMOVE
}
