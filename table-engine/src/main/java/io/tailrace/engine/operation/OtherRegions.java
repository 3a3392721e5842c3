package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ReplicaErrorMessages;
import io.tailrace.schemas.model.TableDefinition;
import java.util.List;
import java.util.Optional;

/**
 * The other regions, as far as a request has to know of them before anything is written: a replica can only be where a region
 * is. For use by several threads.
 */
public interface OtherRegions {
    /** There are none. */
    OtherRegions NONE = new OtherRegions() {
        @Override
        public void require(String region) {
            throw DynamoException.validation(ReplicaErrorMessages.regionNotSupported(region, List.of(), ""));
        }

        @Override
        public Optional<TableDefinition> table(String region, String tableName) {
            return Optional.empty();
        }
    };

    /**
     * Brings a region to life, if it is not, and connects it with this one; blocks meanwhile.
     *
     * @throws DynamoException when there can be no replica in that region
     */
    void require(String region);

    /** The table of this name in another region; empty when there is none, and when that cannot be seen from here. */
    Optional<TableDefinition> table(String region, String tableName);
}
