package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ReplicaErrorMessages;
import io.tailrace.engine.error.TableErrorMessages;

/**
 * Which changes one UpdateTable may ask for together. (API Reference, UpdateTable: "You can only perform one of the following
 * operations at once".)
 */
final class UpdateCombinations {
    private final UpdateTableRequest request;

    UpdateCombinations(UpdateTableRequest request) {
        this.request = request;
    }

    boolean isEmpty() {
        return changes() == 0;
    }

    /** @throws DynamoException when the changes do not go together */
    void verify() {
        int changes = changes();
        if (request.replicaUpdates() != null && changes > 1) {
            throw DynamoException.validation(ReplicaErrorMessages.replicasAlone());
        }
        alone(request.sseSpecification(), "Server-Side Encryption modification", changes);
        alone(request.tableClass(), "TableClass modification", changes);
        alone(request.deletionProtectionEnabled(), "DeletionProtection modification", changes);
        alone(request.warmThroughput(), "WarmThroughput", changes);
        boolean units = request.billingMode() != null || request.provisionedThroughput() != null;
        if (request.onDemandThroughput() != null && changes > (units ? 2 : 1)) {
            throw DynamoException.validation(TableErrorMessages.maximumWithOthers());
        }
        boolean provisions = request.provisionedThroughput() != null || "PROVISIONED".equals(request.billingMode());
        if (request.streamSpecification() != null && provisions) {
            throw DynamoException.validation(TableErrorMessages.streamWithThroughput());
        }
    }

    private static void alone(Object member, String what, int changes) {
        if (member != null && changes > 1) {
            throw DynamoException.validation(TableErrorMessages.mustBeAlone(what));
        }
    }

    private int changes() {
        boolean units = request.billingMode() != null || request.provisionedThroughput() != null;
        boolean indexes = request.globalSecondaryIndexUpdates() != null
                && !request.globalSecondaryIndexUpdates().isEmpty();
        return count(units ? request : null)
                + count(indexes ? request : null)
                + count(request.streamSpecification())
                + count(request.sseSpecification())
                + count(request.tableClass())
                + count(request.deletionProtectionEnabled())
                + count(request.onDemandThroughput())
                + count(request.warmThroughput())
                + count(request.replicaUpdates());
    }

    private static int count(Object member) {
        return member == null ? 0 : 1;
    }
}
