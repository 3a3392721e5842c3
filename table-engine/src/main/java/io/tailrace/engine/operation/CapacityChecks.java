package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.TableErrorMessages;

/**
 * What a request may ask of OnDemandThroughput and WarmThroughput, of a table or of a global secondary index. (API Reference,
 * OnDemandThroughput, WarmThroughput.)
 *
 * @param index its name; null for the table
 */
record CapacityChecks(String index) {
    static final CapacityChecks OF_TABLE = new CapacityChecks(null);

    /** A maximum that a table or index begins with: there is no maximum to take away. */
    void checkNew(OnDemandThroughput maximum) {
        if (maximum != null) {
            checkRange("MaxReadRequestUnits", maximum.maxReadRequestUnits(), false);
            checkRange("MaxWriteRequestUnits", maximum.maxWriteRequestUnits(), false);
        }
    }

    /** A maximum that changes; -1 takes it away. */
    void checkChanged(OnDemandThroughput maximum) {
        if (maximum != null) {
            checkRange("MaxReadRequestUnits", maximum.maxReadRequestUnits(), true);
            checkRange("MaxWriteRequestUnits", maximum.maxWriteRequestUnits(), true);
        }
    }

    private void checkRange(String member, Long units, boolean removable) {
        boolean removed = removable && units != null && units == Capacities.NO_MAXIMUM;
        if (units != null && units < 1 && !removed) {
            throw DynamoException.validation(TableErrorMessages.maximumOutOfRange(member, index));
        }
    }

    /** Only what is on demand has a maximum. */
    void refuseMaximumOfProvisioned(OnDemandThroughput maximum, boolean creating) {
        if (maximum == null) {
            return;
        }
        String member = maximum.maxReadRequestUnits() == null && maximum.maxWriteRequestUnits() != null
                ? "MaxWriteRequestUnits"
                : "MaxReadRequestUnits";
        throw DynamoException.validation(TableErrorMessages.maximumOfProvisioned(member, index, creating));
    }

    /**
     * Warm throughput of a new table or index.
     *
     * @param throughput of the same request; null for on-demand
     */
    void checkNew(WarmThroughput warm, Throughput throughput) {
        if (warm == null) {
            return;
        }
        boolean onDemand = throughput == null;
        long reads = onDemand ? Capacities.ON_DEMAND_READS : throughput.readCapacityUnits();
        long writes = onDemand ? Capacities.ON_DEMAND_WRITES : throughput.writeCapacityUnits();
        if (warm.readUnitsPerSecond() != null && warm.readUnitsPerSecond() < reads) {
            throw DynamoException.validation(
                    TableErrorMessages.warmBelowInitial("ReadUnitsPerSecond", "ReadCapacityUnits", index, onDemand));
        }
        if (warm.writeUnitsPerSecond() != null && warm.writeUnitsPerSecond() < writes) {
            throw DynamoException.validation(
                    TableErrorMessages.warmBelowInitial("WriteUnitsPerSecond", "WriteCapacityUnits", index, onDemand));
        }
    }

    /** Warm throughput never becomes less. */
    void checkNotLess(WarmThroughput warm, long currentReads, long currentWrites) {
        if (warm.readUnitsPerSecond() != null && warm.readUnitsPerSecond() < currentReads) {
            throw DynamoException.validation(TableErrorMessages.warmDecreased("ReadUnitsPerSecond", index));
        }
        if (warm.writeUnitsPerSecond() != null && warm.writeUnitsPerSecond() < currentWrites) {
            throw DynamoException.validation(TableErrorMessages.warmDecreased("WriteUnitsPerSecond", index));
        }
    }
}
