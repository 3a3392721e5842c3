package io.tailrace.schemas.model;

import java.util.Objects;

/**
 * A replica of a global table, as one region knows of it. What several regions know is joined: of what is said of different
 * creations the later creation counts; of one creation, the later status, and the settings that were changed last. So it
 * does not matter in which order a region hears of it, or how often.
 *
 * @param created when it was asked for, and where: the source of the replica
 * @param changed the last change of its settings
 */
public record Replica(
        String region, ItemVersion created, ReplicaStatus status, ItemVersion changed, ReplicaSettings settings) {
    public Replica {
        Objects.requireNonNull(region);
        Objects.requireNonNull(created);
        Objects.requireNonNull(status);
        Objects.requireNonNull(changed);
        Objects.requireNonNull(settings);
    }

    public Replica withStatus(ReplicaStatus newStatus) {
        return new Replica(region, created, newStatus, changed, settings);
    }

    public Replica withSettings(ItemVersion change, ReplicaSettings newSettings) {
        return new Replica(region, created, status, change, newSettings);
    }

    /** Whether it has, or is to have, a table. */
    public boolean isLive() {
        return status == ReplicaStatus.CREATING || status == ReplicaStatus.ACTIVE;
    }

    /** Whether nothing is left of it. */
    public boolean isGone() {
        return status == ReplicaStatus.DELETED || status == ReplicaStatus.CREATION_FAILED;
    }

    /** What is known of the replica when both are. */
    public Replica join(Replica other) {
        int order = created.compareTo(other.created);
        if (order != 0) {
            return order > 0 ? this : other;
        }
        Replica newest = changed.compareTo(other.changed) >= 0 ? this : other;
        return newest.withStatus(status.join(other.status));
    }
}
