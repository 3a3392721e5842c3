package io.tailrace.capture;

/** The meters of capture and of the consumer of commands, by their names in Micrometer. */
public enum CaptureMeter {
    LAG_RECORDS("tailrace.capture.lag.records", "records", "Journal entries that Kafka has not acknowledged yet"),
    LAG_MILLIS("tailrace.capture.lag.millis", "milliseconds", "Age of the oldest journal entry not acknowledged yet"),
    RECORDS_SENT("tailrace.capture.records.sent", "records", "Records that Kafka acknowledged"),
    BYTES_SENT("tailrace.capture.bytes.sent", "bytes", "Keys and values that Kafka acknowledged"),
    RECORDS_SKIPPED("tailrace.capture.records.skipped", "records", "Records found in Kafka already after a start"),
    ERRORS("tailrace.capture.errors", "errors", "Failures of capture, overcome or not"),
    UNEXPECTED_OFFSETS(
            "tailrace.capture.unexpected.offsets",
            "records",
            "Acknowledgements with another offset than the next: someone else writes to the topics, or Kafka lost records"),
    COMMANDS_APPLIED("tailrace.commands.applied", "commands", "Commands that the engine carried out"),
    COMMANDS_REFUSED("tailrace.commands.refused", "commands", "Commands whose condition did not hold any more"),
    COMMANDS_DEAD("tailrace.commands.dead", "commands", "Commands that went to the dead-letter topic");

    private final String meterName;
    private final String unit;
    private final String description;

    CaptureMeter(String meterName, String unit, String description) {
        this.meterName = meterName;
        this.unit = unit;
        this.description = description;
    }

    public String meterName() {
        return meterName;
    }

    public String unit() {
        return unit;
    }

    public String description() {
        return description;
    }
}
