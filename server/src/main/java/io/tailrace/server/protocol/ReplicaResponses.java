package io.tailrace.server.protocol;

import io.tailrace.engine.operation.ReplicaDescription;
import io.tailrace.engine.operation.ReplicaIndexOverride;
import java.io.IOException;

/** What answers say of the replicas of global tables, member by member. (API Reference, ReplicaDescription.) */
final class ReplicaResponses {
    private ReplicaResponses() {}

    static void replica(JsonWriter out, ReplicaDescription replica) throws IOException {
        out.startObject();
        out.member("RegionName", replica.regionName());
        out.member("ReplicaStatus", replica.replicaStatus());
        out.member("ReplicaStatusDescription", replica.replicaStatusDescription());
        overrides(out, replica.readCapacityUnits(), replica.maxReadRequestUnits());
        out.list("GlobalSecondaryIndexes", replica.globalSecondaryIndexes(), ReplicaResponses::index);
        out.member("ReplicaTableClassSummary", replica.tableClassSummary(), TableResponses::tableClass);
        out.endObject();
    }

    private static void index(JsonWriter out, ReplicaIndexOverride index) throws IOException {
        out.startObject();
        out.member("IndexName", index.indexName());
        overrides(out, index.readCapacityUnits(), index.maxReadRequestUnits());
        out.endObject();
    }

    private static void overrides(JsonWriter out, Long readCapacityUnits, Long maxReadRequestUnits) throws IOException {
        out.member("ProvisionedThroughputOverride", readCapacityUnits, (json, units) -> {
            json.startObject();
            json.member("ReadCapacityUnits", units);
            json.endObject();
        });
        out.member("OnDemandThroughputOverride", maxReadRequestUnits, (json, units) -> {
            json.startObject();
            json.member("MaxReadRequestUnits", units);
            json.endObject();
        });
    }
}
