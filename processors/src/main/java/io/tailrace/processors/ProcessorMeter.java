package io.tailrace.processors;

/** The meters of a processor, each tagged with {@link #PROCESSOR_TAG} and {@link #REGION_TAG}. */
public enum ProcessorMeter {
    LAG("tailrace.processor.lag", "records", "Records in the processor's input that it has not read"),
    RUNNING(
            "tailrace.processor.running",
            null,
            "1 while the processor is running, or idle because no table needs it, else 0"),
    DEAD_LETTERS("tailrace.processor.dead.letters", "records", "Records put into the dead-letter topic"),
    RESTARTS("tailrace.processor.restarts", null, "Starts after an error"),
    IGNORED("tailrace.processor.ignored", "records", "Records that were read and had nothing to do, by reason");

    public static final String PROCESSOR_TAG = "processor";
    public static final String REGION_TAG = "region";
    public static final String REASON_TAG = "reason";

    private final String meterName;
    private final String baseUnit;
    private final String description;

    ProcessorMeter(String meterName, String baseUnit, String description) {
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
