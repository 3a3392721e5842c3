package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.error.TableErrorMessages;
import io.tailrace.engine.limits.Limits;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.schemas.model.CapacityDetails;
import io.tailrace.schemas.model.OnDemandMaximum;
import io.tailrace.schemas.model.ProvisionedThroughput;
import io.tailrace.schemas.model.WarmCapacity;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * What becomes of the capacity of a table or a global secondary index, besides its units: maximums, warm throughput and
 * history. (Developer Guide, "On-demand capacity mode", "Understanding DynamoDB warm throughput"; "Quotas", decreasing
 * provisioned throughput.)
 */
final class Capacities {
    /** In requests: takes a maximum away. */
    static final long NO_MAXIMUM = -1;
    /** What a new on-demand table serves at once. (Developer Guide, "Warm throughput".) */
    static final long ON_DEMAND_READS = 12_000;
    /** Likewise. */
    static final long ON_DEMAND_WRITES = 4_000;

    private Capacities() {}

    /** Of what is made. */
    static CapacityDetails of(
            OnDemandThroughput maximum, WarmThroughput warm, ProvisionedThroughput units, PlanContext context) {
        CapacityDetails details = CapacityDetails.NONE.withMaximum(maximum(null, maximum));
        return isEmpty(warm) ? details : details.withWarm(warm(details, units, warm, context));
    }

    /**
     * The maximum after a request.
     *
     * @param before null for none
     * @param wanted null to leave it
     */
    static OnDemandMaximum maximum(OnDemandMaximum before, OnDemandThroughput wanted) {
        if (wanted == null) {
            return before;
        }
        Long reads = maximum(before == null ? null : before.readRequestUnits(), wanted.maxReadRequestUnits());
        Long writes = maximum(before == null ? null : before.writeRequestUnits(), wanted.maxWriteRequestUnits());
        return reads == null && writes == null ? null : new OnDemandMaximum(reads, writes);
    }

    private static Long maximum(Long before, Long wanted) {
        if (wanted == null) {
            return before;
        }
        return wanted == NO_MAXIMUM ? null : wanted;
    }

    /**
     * What is served at once: what was asked for, or what follows from the units if that is more.
     *
     * @param units null for on-demand
     */
    static WarmCapacity warm(CapacityDetails details, ProvisionedThroughput units) {
        long reads = units == null ? ON_DEMAND_READS : units.readCapacityUnits();
        long writes = units == null ? ON_DEMAND_WRITES : units.writeCapacityUnits();
        WarmCapacity set = details.warm();
        return set == null
                ? new WarmCapacity(reads, writes, null)
                : new WarmCapacity(
                        Math.max(reads, set.readUnitsPerSecond()),
                        Math.max(writes, set.writeUnitsPerSecond()),
                        set.preparedFrom());
    }

    /** What is served at once after a request, which has been checked. */
    static WarmCapacity warm(
            CapacityDetails details, ProvisionedThroughput units, WarmThroughput wanted, PlanContext context) {
        WarmCapacity before = warm(details, units);
        Duration delay = context.settings().tableTransition();
        return new WarmCapacity(
                wanted.readUnitsPerSecond() == null ? before.readUnitsPerSecond() : wanted.readUnitsPerSecond(),
                wanted.writeUnitsPerSecond() == null ? before.writeUnitsPerSecond() : wanted.writeUnitsPerSecond(),
                delay.isZero() ? null : context.now().plus(delay));
    }

    private static boolean isEmpty(WarmThroughput warm) {
        return warm == null || warm.readUnitsPerSecond() == null && warm.writeUnitsPerSecond() == null;
    }

    /**
     * What a change of units, or of the billing mode, leaves behind. Warm throughput stays what it was.
     *
     * @param before null for on-demand, like {@code after}
     * @throws DynamoException LimitExceededException when the day has had its decreases
     */
    static CapacityDetails changed(
            CapacityDetails details, ProvisionedThroughput before, ProvisionedThroughput after, Instant now) {
        CapacityDetails changed = details.withWarm(warm(details, before));
        if (before == null || after == null) {
            return changed.withMaximum(null);
        }
        if (isLess(after, before)) {
            int today = decreasesToday(details, now);
            requireDecrease(details, today, now);
            changed = changed.decreased(now, today + 1);
        }
        return isLess(before, after) ? changed.increased(now) : changed;
    }

    /** How often the units were decreased on this day in UTC. */
    static int decreasesToday(CapacityDetails details, Instant now) {
        return details.lastDecrease() != null && day(details.lastDecrease()).equals(day(now)) ? details.decreases() : 0;
    }

    private static void requireDecrease(CapacityDetails details, int today, Instant now) {
        if (today < Limits.FREE_DECREASES_PER_DAY) {
            return;
        }
        Instant next = details.lastDecrease().plus(Limits.DECREASE_INTERVAL);
        Instant tomorrow = day(now).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        next = next.isBefore(tomorrow) ? next : tomorrow;
        if (now.isBefore(next)) {
            throw new DynamoException(
                    ErrorType.LIMIT_EXCEEDED, TableErrorMessages.tooManyDecreases(today, details.lastDecrease(), next));
        }
    }

    private static boolean isLess(ProvisionedThroughput one, ProvisionedThroughput other) {
        return one.readCapacityUnits() < other.readCapacityUnits()
                || one.writeCapacityUnits() < other.writeCapacityUnits();
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }
}
