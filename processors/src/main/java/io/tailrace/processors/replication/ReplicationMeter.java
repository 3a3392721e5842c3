package io.tailrace.processors.replication;

/** The meters of a replicator, each tagged with {@link #SOURCE_TAG} and {@link #TARGET_TAG}. */
public enum ReplicationMeter {
    LATENCY(
            "tailrace.replication.latency",
            "seconds",
            "From the commit of an item's change in the source to its acknowledgement by the target's Kafka; by both clocks"),
    PENDING("tailrace.replication.pending", "records", "Records of the source's mutations that were not forwarded yet"),
    FORWARDED("tailrace.replication.forwarded", "commands", "Commands that the target's Kafka has acknowledged"),
    SKIPPED(
            "tailrace.replication.skipped",
            "records",
            "Records that were read and concern no other region: of tables that are not global, and of writes that came from "
                    + "another region"),
    DEAD_LETTERS(
            "tailrace.replication.dead.letters",
            "records",
            "Records that cannot be understood, put into the target's dead-letter topic"),
    RESTARTS("tailrace.replication.restarts", null, "Starts after an error"),
    RUNNING("tailrace.replication.running", null, "1 while what comes is forwarded, else 0");

    public static final String SOURCE_TAG = "source";
    public static final String TARGET_TAG = "target";

    private final String meterName;
    private final String baseUnit;
    private final String description;

    ReplicationMeter(String meterName, String baseUnit, String description) {
        this.meterName = meterName;
        this.baseUnit = baseUnit;
        this.description = description;
    }

    public String meterName() {
        return meterName;
    }

    /** Null for a plain count. */
    public String baseUnit() {
        return baseUnit;
    }

    public String description() {
        return description;
    }
}
