package io.tailrace.server.protocol;

import static io.tailrace.server.protocol.JsonType.LONG;
import static io.tailrace.server.protocol.JsonType.STRING;
import static io.tailrace.server.protocol.JsonType.listOf;

import io.tailrace.engine.operation.ReplicaAction;
import io.tailrace.engine.operation.ReplicaIndexOverride;
import io.tailrace.engine.operation.ReplicaUpdate;
import java.util.List;
import java.util.Optional;

/** What requests say of the replicas of global tables, member by member. (API Reference, ReplicationGroupUpdate.) */
final class ReplicaRequests {
    private static final Member<String> REGION_NAME = new Member<>("RegionName", STRING);
    private static final Member<String> KMS_KEY = new Member<>("KMSMasterKeyId", STRING);
    private static final Member<String> INDEX_NAME = new Member<>("IndexName", STRING);
    private static final Member<String> TABLE_CLASS = new Member<>("TableClassOverride", STRING);

    private static final Member<Long> READ_UNITS = new Member<>("ReadCapacityUnits", LONG);
    private static final Member<Optional<Long>> THROUGHPUT = new Member<>(
            "ProvisionedThroughputOverride",
            Structure.of("ProvisionedThroughputOverride", in -> Optional.ofNullable(in.get(READ_UNITS)), READ_UNITS));

    private static final Member<Long> MAX_READ_UNITS = new Member<>("MaxReadRequestUnits", LONG);
    private static final Member<Optional<Long>> ON_DEMAND = new Member<>(
            "OnDemandThroughputOverride",
            Structure.of(
                    "OnDemandThroughputOverride", in -> Optional.ofNullable(in.get(MAX_READ_UNITS)), MAX_READ_UNITS));

    private static final Member<List<ReplicaIndexOverride>> INDEXES = new Member<>(
            "GlobalSecondaryIndexes",
            listOf(Structure.of(
                    "ReplicaGlobalSecondaryIndex",
                    in -> new ReplicaIndexOverride(
                            in.get(INDEX_NAME), units(in.get(THROUGHPUT)), units(in.get(ON_DEMAND))),
                    INDEX_NAME,
                    THROUGHPUT,
                    ON_DEMAND)));

    private static final Member<ReplicaAction> CREATE = action("Create", "CreateReplicationGroupMemberAction");
    private static final Member<ReplicaAction> UPDATE = action("Update", "UpdateReplicationGroupMemberAction");
    private static final Member<ReplicaAction> DELETE = new Member<>(
            "Delete",
            Structure.of(
                    "DeleteReplicationGroupMemberAction",
                    in -> new ReplicaAction(in.get(REGION_NAME), null, null, null, null, null),
                    REGION_NAME));

    static final Member<List<ReplicaUpdate>> REPLICA_UPDATES = new Member<>(
            "ReplicaUpdates",
            listOf(Structure.of(
                    "ReplicationGroupUpdate",
                    in -> new ReplicaUpdate(in.get(CREATE), in.get(UPDATE), in.get(DELETE)),
                    CREATE,
                    UPDATE,
                    DELETE)));

    private ReplicaRequests() {}

    private static Member<ReplicaAction> action(String name, String structure) {
        return new Member<>(
                name,
                Structure.of(
                        structure,
                        in -> new ReplicaAction(
                                in.get(REGION_NAME),
                                in.get(KMS_KEY),
                                units(in.get(THROUGHPUT)),
                                units(in.get(ON_DEMAND)),
                                in.get(INDEXES),
                                in.get(TABLE_CLASS)),
                        REGION_NAME,
                        KMS_KEY,
                        THROUGHPUT,
                        ON_DEMAND,
                        INDEXES,
                        TABLE_CLASS));
    }

    /** @param given null when the request has no such member */
    private static Long units(Optional<Long> given) {
        return given == null ? null : given.orElse(null);
    }
}
