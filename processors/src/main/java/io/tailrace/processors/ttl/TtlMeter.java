package io.tailrace.processors.ttl;

/** The meters of time to live, each tagged with the region. */
public enum TtlMeter {
    PENDING("tailrace.ttl.pending", "items", "Items that have a time at which they expire, about"),
    OVERDUE(
            "tailrace.ttl.overdue",
            "seconds",
            "For how long the earliest expired item that is still there has been due"),
    REQUESTED(
            "tailrace.ttl.deletes.requested", "commands", "Commands to delete an expired item, repeated ones included"),
    DELETED("tailrace.ttl.items.deleted", "items", "Deletions of expired items");

    private final String meterName;
    private final String baseUnit;
    private final String description;

    TtlMeter(String meterName, String baseUnit, String description) {
        this.meterName = meterName;
        this.baseUnit = baseUnit;
        this.description = description;
    }

    public String meterName() {
        return meterName;
    }

    public String baseUnit() {
        return baseUnit;
    }

    public String description() {
        return description;
    }
}
