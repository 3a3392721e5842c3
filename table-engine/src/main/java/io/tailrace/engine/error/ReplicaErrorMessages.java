package io.tailrace.engine.error;

import java.util.Collection;

/**
 * The texts of the errors about global tables, word for word as DynamoDB gives them where it has one for the case; sources as in
 * {@link ErrorMessages}.
 */
public final class ReplicaErrorMessages {
    private ReplicaErrorMessages() {}

    /** UpdateTable, ReplicaUpdates with anything else. */
    public static String replicasAlone() {
        return "Requests that modify replicas or witnesses must not also modify other fields";
    }

    /** UpdateTable, ReplicaUpdates.Create and Delete. */
    public static String localRegion() {
        return "Cannot add, delete, or update the local region through ReplicaUpdates. Use CreateTable, DeleteTable, or "
                + "UpdateTable as required.";
    }

    /** UpdateTable, ReplicaUpdates, an element or an Update without anything. */
    public static String noReplicaAction() {
        return "There are no actions specified in the Replica Update Action of the request.";
    }

    /** UpdateTable, ReplicaUpdates, a Create and a Delete in one element. */
    public static String severalReplicaActions() {
        return "Update table operation with more than one type of replica actions not allowed.";
    }

    /** UpdateTable, ReplicaUpdates, Create or Delete for several regions. */
    public static String severalReplicas() {
        return "Update table operation with more than one create or delete replica actions not allowed";
    }

    /** UpdateTable, ReplicaUpdates, Create. The grammar is DynamoDB's. */
    public static String replicaExists(String tableName) {
        return "Failed to create a the new replica of table with name: '" + tableName
                + "' because one or more replicas already existed as tables.";
    }

    /** UpdateTable, ReplicaUpdates, Update and Delete. */
    public static String replicaNotFound(String region) {
        return "Update global table operation failed because one or more replicas were not part of the global table. "
                + "Please retry the request without these replicas: [" + region + "].";
    }

    /** UpdateTable, ReplicaUpdates, Create in a region that there is not; the reason is ours. */
    public static String regionNotSupported(String region, Collection<String> supported, String reason) {
        return "Region " + region + " is not supported. The latest version of global tables are only supported in the "
                + "following regions: " + supported + (reason.isEmpty() ? "" : ". " + reason);
    }

    /** UpdateTable while replicas come or go. */
    public static String replicaChanging() {
        return "The resource which you are attempting to change is in use.";
    }

    /** DeleteTable, and ReplicaUpdates.Delete. */
    public static String replicaWasSource() {
        return "Replica cannot be deleted because it has acted as a source region for new replica(s) being added to the "
                + "table in the last 24 hours.";
    }

    /** UpdateTable of a replica, StreamSpecification. */
    public static String streamOfReplica() {
        return ErrorMessages.invalidParameters("Disabling Stream is not allowed for a Global Table replica.");
    }

    /** UpdateTable, ReplicaUpdates.Update. */
    public static String readUnitsOfOnDemand() {
        return ErrorMessages.invalidParameters(
                "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
    }

    /** What a region says of a replica that it has lost: ours. */
    public static String replicaLost(String tableName) {
        return "The replica of " + tableName + " is not in this region any more: delete it and create it again";
    }

    /** What a region says of what it is told, and cannot read: ours. */
    public static String notToldOfTable() {
        return "What another region tells is no change of a table";
    }
}
