package io.tailrace.schemas.model;

/**
 * In which part of its life a replica of a global table is. A replica only goes forward in this order, so that of two things
 * that are said of it the later one counts.
 */
public enum ReplicaStatus {
    /** Its table is being made, and learns of the items. */
    CREATING,
    /** It can be read and written. */
    ACTIVE,
    /** There was another table of the name in its region. */
    CREATION_FAILED,
    /** Its table is to go. */
    DELETING,
    /** Its table is gone. */
    DELETED;

    /** What is known when both are: one that is to go, and could not be created, is gone. */
    public ReplicaStatus join(ReplicaStatus other) {
        ReplicaStatus later = compareTo(other) >= 0 ? this : other;
        ReplicaStatus earlier = later == this ? other : this;
        return later == DELETING && earlier == CREATION_FAILED ? DELETED : later;
    }
}
