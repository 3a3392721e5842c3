package io.tailrace.engine.operation;

import io.tailrace.engine.limits.Limits;
import io.tailrace.engine.read.ReadContext;
import io.tailrace.engine.read.ReadOperation;

/** DescribeLimits. There is no account whose tables share a quota, so both limits are a table's. (API Reference, DescribeLimits.) */
public final class DescribeLimitsOperation implements ReadOperation<DescribeLimitsResponse> {
    public DescribeLimitsOperation() {}

    @Override
    public DescribeLimitsResponse execute(ReadContext context) {
        long units = Limits.MAX_CAPACITY_UNITS;
        return new DescribeLimitsResponse(units, units, units, units);
    }
}
