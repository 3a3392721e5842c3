package io.tailrace.server.protocol;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ReplicaErrorMessages;
import io.tailrace.engine.operation.OtherRegions;
import io.tailrace.schemas.model.TableDefinition;
import java.util.Optional;

/** What operations know of the other regions: what the server knows. */
record ReplicaPlaces(ReplicaRegions regions) implements OtherRegions {
    @Override
    public void require(String region) {
        regions.refusal(region).ifPresent(why -> {
            throw DynamoException.validation(ReplicaErrorMessages.regionNotSupported(region, regions.known(), why));
        });
        regions.ensure(region);
    }

    @Override
    public Optional<TableDefinition> table(String region, String tableName) {
        return regions.table(region, tableName);
    }
}
