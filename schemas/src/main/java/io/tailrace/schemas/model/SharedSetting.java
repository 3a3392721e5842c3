package io.tailrace.schemas.model;

/** Settings that all replicas of a global table have alike: of two changes the later one counts. */
public enum SharedSetting {
    /** The billing mode, the capacity and the maximums of the table and its global secondary indexes. */
    CAPACITY,
    TIME_TO_LIVE,
    TABLE_CLASS
}
