package io.tailrace.server.protocol;

import io.tailrace.schemas.model.TableDefinition;
import java.util.Optional;
import java.util.SortedSet;

/**
 * The regions where tables of one region can have replicas, as global tables: others of the same server, and those elsewhere
 * whose Kafka the settings name. For use by several threads.
 */
public interface ReplicaRegions {
    /** Those that there are now, this one included. Another one may come to life when it is asked for. */
    SortedSet<String> known();

    /** Why no table can have a replica there; empty when one can. Changes nothing, and does not block. */
    Optional<String> refusal(String region);

    /**
     * Brings the region to life when it is one of this server's and is not there yet; blocks meanwhile. To be called before
     * a table names it. Does nothing for regions elsewhere.
     *
     * @throws io.tailrace.engine.error.DynamoException when there can be no such region, or it cannot be had now
     */
    void ensure(String region);

    /** The table of this name in that region; empty when there is none, and when the region is in another server. */
    Optional<TableDefinition> table(String region, String tableName);
}
