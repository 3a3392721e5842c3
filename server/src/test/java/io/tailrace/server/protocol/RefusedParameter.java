package io.tailrace.server.protocol;

import java.util.List;

/**
 * A parameter that a working operation refuses.
 *
 * @param parameter of the request
 * @param what is refused of it; empty when all of it is
 * @param example a value that is refused, in JSON
 */
record RefusedParameter(String operation, String parameter, String what, String example) {
    static final List<RefusedParameter> LIST = List.of(
            refused("CreateTable", "GlobalTableSettingsReplicationMode", "", "'ENABLED'"),
            refused("CreateTable", "GlobalTableSourceArn", "", "'arn:aws:dynamodb:us-east-1:000000000000:table/abc'"),
            refused("CreateTable", "ResourcePolicy", "", "'{}'"),
            refused("CreateTable", "SSESpecification", "a key of your own", "{'Enabled':true}"),
            refused("CreateTable", "VectorIndexes", "", "[{}]"),
            refused("UpdateTable", "DisassociationProtectionEnabled", "", "true"),
            refused("UpdateTable", "GlobalTableSettingsReplicationMode", "", "'ENABLED'"),
            refused("UpdateTable", "GlobalTableWitnessUpdates", "", "[{}]"),
            refused("UpdateTable", "MultiRegionConsistency", "STRONG", "'STRONG'"),
            refused(
                    "UpdateTable",
                    "ReplicaUpdates",
                    "KMSMasterKeyId",
                    "[{'Create':{'RegionName':'eu-west-1','KMSMasterKeyId':'k'}}]"),
            refused("UpdateTable", "SSESpecification", "a key of your own", "{'Enabled':true}"),
            refused("UpdateTable", "VectorIndexUpdates", "", "[{}]"));

    private static RefusedParameter refused(String operation, String parameter, String what, String example) {
        return new RefusedParameter(operation, parameter, what, example.replace('\'', '"'));
    }

    /** A request that has nothing wrong but the example. */
    String request() {
        String base = operation.equals("CreateTable")
                ? "{'TableName':'abc','BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':[{'AttributeName':'k',"
                        + "'AttributeType':'S'}],'KeySchema':[{'AttributeName':'k','KeyType':'HASH'}],"
                : "{'TableName':'abc',";
        return base.replace('\'', '"') + "\"" + parameter + "\":" + example + "}";
    }
}
