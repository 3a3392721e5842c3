package io.tailrace.server.protocol;

import static io.tailrace.server.protocol.JsonType.BOOLEAN;
import static io.tailrace.server.protocol.JsonType.INTEGER;
import static io.tailrace.server.protocol.JsonType.LONG;
import static io.tailrace.server.protocol.JsonType.STRING;
import static io.tailrace.server.protocol.JsonType.TIMESTAMP;
import static io.tailrace.server.protocol.JsonType.listOf;

import io.tailrace.engine.operation.AbsentResource;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The requests that make and change global tables of version 2017.11.29, of which there are none any more, member by member. Of
 * most members only the types are looked at. (API Reference.)
 */
final class FormerGlobalTableRequests {
    private static final Member<String> NAME = new Member<>("GlobalTableName", STRING);
    private static final Member<String> REGION_NAME = new Member<>("RegionName", STRING);
    private static final Member<String> INDEX_NAME = new Member<>("IndexName", STRING);

    private static final Member<List<String>> REPLICATION_GROUP = new Member<>(
            "ReplicationGroup",
            listOf(Structure.of("Replica", in -> Objects.requireNonNullElse(in.get(REGION_NAME), ""), REGION_NAME)));

    static final Structure<Supplier<AbsentResource>> CREATE = Structure.of(
            "CreateGlobalTableInput",
            in -> () -> AbsentResource.newGlobalTable(in.get(NAME), in.get(REPLICATION_GROUP)),
            NAME,
            REPLICATION_GROUP);

    private static final Member<Boolean> CREATE_REPLICA =
            new Member<>("Create", Structure.of("CreateReplicaAction", in -> true, REGION_NAME));
    private static final Member<Boolean> DELETE_REPLICA =
            new Member<>("Delete", Structure.of("DeleteReplicaAction", in -> true, REGION_NAME));
    private static final Member<List<Boolean>> REPLICA_UPDATES = new Member<>(
            "ReplicaUpdates",
            listOf(Structure.of("ReplicaUpdate", in -> in.has(CREATE_REPLICA), CREATE_REPLICA, DELETE_REPLICA)));

    static final Structure<Supplier<AbsentResource>> UPDATE = Structure.of(
            "UpdateGlobalTableInput",
            in -> () -> AbsentResource.updatedGlobalTable(in.get(NAME), in.get(REPLICA_UPDATES)),
            NAME,
            REPLICA_UPDATES);

    private static final Structure<Boolean> TARGET_TRACKING = Structure.of(
            "AutoScalingTargetTrackingScalingPolicyConfigurationUpdate",
            in -> true,
            new Member<>("DisableScaleIn", BOOLEAN),
            new Member<>("ScaleInCooldown", INTEGER),
            new Member<>("ScaleOutCooldown", INTEGER),
            new Member<>("TargetValue", TIMESTAMP));
    private static final Structure<Boolean> POLICY = Structure.of(
            "AutoScalingPolicyUpdate",
            in -> true,
            new Member<>("PolicyName", STRING),
            new Member<>("TargetTrackingScalingPolicyConfiguration", TARGET_TRACKING));
    private static final Structure<Boolean> AUTO_SCALING = Structure.of(
            "AutoScalingSettingsUpdate",
            in -> true,
            new Member<>("MinimumUnits", LONG),
            new Member<>("MaximumUnits", LONG),
            new Member<>("AutoScalingDisabled", BOOLEAN),
            new Member<>("AutoScalingRoleArn", STRING),
            new Member<>("ScalingPolicyUpdate", POLICY));

    private static final Structure<Boolean> INDEX = Structure.of(
            "GlobalTableGlobalSecondaryIndexSettingsUpdate",
            in -> true,
            INDEX_NAME,
            new Member<>("ProvisionedWriteCapacityUnits", LONG),
            new Member<>("ProvisionedWriteCapacityAutoScalingSettingsUpdate", AUTO_SCALING));
    private static final Structure<Boolean> REPLICA_INDEX = Structure.of(
            "ReplicaGlobalSecondaryIndexSettingsUpdate",
            in -> true,
            INDEX_NAME,
            new Member<>("ProvisionedReadCapacityUnits", LONG),
            new Member<>("ProvisionedReadCapacityAutoScalingSettingsUpdate", AUTO_SCALING));
    private static final Structure<Boolean> REPLICA = Structure.of(
            "ReplicaSettingsUpdate",
            in -> true,
            REGION_NAME,
            new Member<>("ReplicaProvisionedReadCapacityUnits", LONG),
            new Member<>("ReplicaProvisionedReadCapacityAutoScalingSettingsUpdate", AUTO_SCALING),
            new Member<>("ReplicaGlobalSecondaryIndexSettingsUpdate", listOf(REPLICA_INDEX)),
            new Member<>("ReplicaTableClass", STRING));

    static final Structure<Supplier<AbsentResource>> UPDATE_SETTINGS = Structure.of(
            "UpdateGlobalTableSettingsInput",
            in -> () -> AbsentResource.globalTableSettings(in.get(NAME)),
            NAME,
            new Member<>("GlobalTableBillingMode", STRING),
            new Member<>("GlobalTableProvisionedWriteCapacityUnits", LONG),
            new Member<>("GlobalTableProvisionedWriteCapacityAutoScalingSettingsUpdate", AUTO_SCALING),
            new Member<>("GlobalTableGlobalSecondaryIndexSettingsUpdate", listOf(INDEX)),
            new Member<>("ReplicaSettingsUpdate", listOf(REPLICA)));

    private FormerGlobalTableRequests() {}
}
