package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.TableErrorMessages;
import io.tailrace.engine.limits.Limits;
import io.tailrace.engine.writer.CatalogMutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.model.TimeToLiveChange;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** UpdateTimeToLive. (API Reference, UpdateTimeToLive.) */
public final class UpdateTimeToLiveOperation implements WriteOperation<UpdateTimeToLiveResponse> {
    private final TableReference table;
    private final TimeToLiveSpecification specification;

    /** @throws DynamoException when the request is wrong whatever tables there are */
    public UpdateTimeToLiveOperation(UpdateTimeToLiveRequest request) {
        table = TableReference.required(request.tableName());
        specification = request.timeToLiveSpecification();
        Constraints constraints = new Constraints()
                .namePattern("tableName", table.name())
                .required("timeToLiveSpecification", specification);
        if (specification != null) {
            String name = specification.attributeName();
            constraints
                    .required("timeToLiveSpecification.attributeName", name)
                    .lengthAtMost("timeToLiveSpecification.attributeName", name, Limits.MAX_KEY_ATTRIBUTE_NAME_LENGTH)
                    .required("timeToLiveSpecification.enabled", specification.enabled());
        }
        constraints.verify();
        if (specification.attributeName().isEmpty()) {
            throw DynamoException.validation(TableErrorMessages.timeToLiveAttributeEmpty());
        }
    }

    @Override
    public Plan<UpdateTimeToLiveResponse> plan(PlanContext context) {
        TableDefinition definition = table.resolveByName(context);
        TableStates.requireSettled(definition, context.now());
        String attribute = definition.ttlAttribute();
        if (attribute != null && !specification.attributeName().equals(attribute)) {
            throw DynamoException.validation(TableErrorMessages.timeToLiveOtherAttribute(attribute));
        }
        if (specification.enabled() == (attribute != null)) {
            throw DynamoException.validation(TableErrorMessages.timeToLiveAlready(specification.enabled()));
        }
        requireInterval(definition, context);
        TableDefinition updated = new TableUpdates(definition)
                .timeToLive(specification.enabled() ? specification.attributeName() : null)
                .details(definition
                        .details()
                        .withTimeToLive(
                                new TimeToLiveChange(timeOfChange(definition, context.now()), specification.enabled())))
                .build();
        return new Plan<>(
                List.of(new CatalogMutation(
                        CatalogChange.Action.UPDATE_TABLE, SharedSettings.versioned(definition, updated, context))),
                new UpdateTimeToLiveResponse(specification));
    }

    /** A change takes a while in DynamoDB, up to an hour: until then there can be no other. (API Reference, UpdateTimeToLive.) */
    private static void requireInterval(TableDefinition definition, PlanContext context) {
        TimeToLiveChange last = definition.details().timeToLive();
        if (last != null
                && context.now().isBefore(last.time().plus(context.settings().timeToLiveInterval()))) {
            throw DynamoException.validation(TableErrorMessages.timeToLiveChangedTooOften());
        }
    }

    /** Later than the one before, also when the clock was set back: the time tells one backfill from another. */
    private static Instant timeOfChange(TableDefinition definition, Instant now) {
        TimeToLiveChange last = definition.details().timeToLive();
        return last == null || now.isAfter(last.time().plus(1, ChronoUnit.MICROS))
                ? now
                : last.time().plus(1, ChronoUnit.MICROS);
    }
}
