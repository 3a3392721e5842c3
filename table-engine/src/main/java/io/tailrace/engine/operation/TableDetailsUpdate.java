package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.error.TableErrorMessages;
import io.tailrace.engine.limits.Limits;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.schemas.model.BillingMode;
import io.tailrace.schemas.model.CapacityDetails;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.ProvisionedThroughput;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.model.TableDetails;
import io.tailrace.schemas.model.TableStatus;
import io.tailrace.schemas.model.WarmCapacity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What an UpdateTable makes of a table's details, given what it makes of the rest: class, maximums, warm throughput, history
 * of billing mode and units, and that the table is being updated.
 */
final class TableDetailsUpdate {
    private final UpdateTableRequest request;
    private final TableDefinition before;
    private final TableDefinition after;
    private final PlanContext context;

    /** @param after with the details of {@code before}, those of the stream aside */
    TableDetailsUpdate(UpdateTableRequest request, TableDefinition before, TableDefinition after, PlanContext context) {
        this.request = request;
        this.before = before;
        this.after = after;
        this.context = context;
    }

    /** @throws DynamoException when a limit or a rule refuses the request */
    TableDefinition updated() {
        TableDetails details = after.details();
        if (request.tableClass() != null) {
            details = TableClasses.changed(details, TableClasses.of(request.tableClass()), context.now());
        }
        details = details.withOnDemandSwitches(onDemandSwitches(details.onDemandSwitches()))
                .withCapacity(capacity(
                        CapacityChecks.OF_TABLE,
                        details.capacity(),
                        new Units(before.provisionedThroughput(), after.provisionedThroughput()),
                        request.onDemandThroughput(),
                        request.warmThroughput()))
                .withIndexCapacity(indexCapacity(details));
        TableDefinition updated = after.withDetails(details);
        return updated.equals(before) || !takesTime(request)
                ? updated
                : updated.withDetails(details.withTransition(TableStates.begin(TableStatus.UPDATING, context)));
    }

    /** Whether the table is UPDATING for a while; other changes leave it ACTIVE. */
    static boolean takesTime(UpdateTableRequest request) {
        return request.billingMode() != null
                || request.provisionedThroughput() != null
                || request.streamSpecification() != null
                || request.tableClass() != null
                || changesIndexes(request);
    }

    private static boolean changesIndexes(UpdateTableRequest request) {
        return request.globalSecondaryIndexUpdates() != null
                && request.globalSecondaryIndexUpdates().stream()
                        .anyMatch(update -> update.create() != null || update.delete() != null);
    }

    private List<Instant> onDemandSwitches(List<Instant> switches) {
        boolean wasOnDemand = before.billingMode() == BillingMode.PAY_PER_REQUEST;
        boolean isOnDemand = after.billingMode() == BillingMode.PAY_PER_REQUEST;
        if (wasOnDemand == isOnDemand) {
            return switches;
        }
        if (wasOnDemand) {
            // Remembered although the table is provisioned now: since when it was on demand.
            return switches.isEmpty() ? List.of(before.created()) : switches;
        }
        Instant now = context.now();
        List<Instant> recent = new ArrayList<>(switches);
        recent.removeIf(
                time -> !time.isAfter(before.created()) || !time.isAfter(now.minus(Limits.ON_DEMAND_SWITCH_PERIOD)));
        if (recent.size() >= Limits.ON_DEMAND_SWITCHES) {
            throw new DynamoException(
                    ErrorType.LIMIT_EXCEEDED,
                    TableErrorMessages.tooManyOnDemandSwitches(
                            recent.get(recent.size() - 1), recent.get(0).plus(Limits.ON_DEMAND_SWITCH_PERIOD)));
        }
        recent.add(now);
        return recent;
    }

    private Map<Integer, CapacityDetails> indexCapacity(TableDetails details) {
        Map<Integer, CapacityDetails> capacities = new HashMap<>();
        for (IndexDefinition index : after.globalSecondaryIndexes()) {
            IndexDefinition old = before.globalSecondaryIndexes().stream()
                    .filter(other -> other.id() == index.id())
                    .findFirst()
                    .orElse(null);
            capacities.put(index.id(), old == null ? created(index) : changed(details, old, index));
        }
        return capacities;
    }

    private CapacityDetails created(IndexDefinition index) {
        for (GlobalSecondaryIndexUpdate update : request.globalSecondaryIndexUpdates()) {
            GlobalSecondaryIndex create = update.create();
            if (create != null && create.indexName().equals(index.name())) {
                CapacityChecks checks = new CapacityChecks(index.name());
                if (index.provisionedThroughput() != null) {
                    checks.refuseMaximumOfProvisioned(create.onDemandThroughput(), false);
                }
                checks.checkNew(create.onDemandThroughput());
                checks.checkNew(create.warmThroughput(), create.provisionedThroughput());
                return Capacities.of(
                        create.onDemandThroughput(), create.warmThroughput(), index.provisionedThroughput(), context);
            }
        }
        return CapacityDetails.NONE;
    }

    private CapacityDetails changed(TableDetails details, IndexDefinition old, IndexDefinition index) {
        OnDemandThroughput maximum = null;
        WarmThroughput warm = null;
        if (request.globalSecondaryIndexUpdates() != null) {
            for (GlobalSecondaryIndexUpdate update : request.globalSecondaryIndexUpdates()) {
                if (update.update() != null && update.update().indexName().equals(index.name())) {
                    maximum = update.update().onDemandThroughput();
                    warm = update.update().warmThroughput();
                }
            }
        }
        return capacity(
                new CapacityChecks(index.name()),
                details.capacity(index),
                new Units(old.provisionedThroughput(), index.provisionedThroughput()),
                maximum,
                warm);
    }

    private CapacityDetails capacity(
            CapacityChecks checks,
            CapacityDetails details,
            Units units,
            OnDemandThroughput maximum,
            WarmThroughput warm) {
        CapacityDetails changed = Objects.equals(units.before(), units.after())
                ? details
                : Capacities.changed(details, units.before(), units.after(), context.now());
        if (maximum != null) {
            if (units.after() != null) {
                checks.refuseMaximumOfProvisioned(maximum, false);
            }
            changed = changed.withMaximum(Capacities.maximum(changed.maximum(), maximum));
        }
        if (warm != null) {
            WarmCapacity current = Capacities.warm(changed, units.after());
            checks.checkNotLess(warm, current.readUnitsPerSecond(), current.writeUnitsPerSecond());
            WarmCapacity wanted = Capacities.warm(changed, units.after(), warm, context);
            if (wanted.readUnitsPerSecond() != current.readUnitsPerSecond()
                    || wanted.writeUnitsPerSecond() != current.writeUnitsPerSecond()) {
                changed = changed.withWarm(wanted);
            }
        }
        return changed;
    }

    /** Null where it is on demand. */
    private record Units(ProvisionedThroughput before, ProvisionedThroughput after) {}
}
