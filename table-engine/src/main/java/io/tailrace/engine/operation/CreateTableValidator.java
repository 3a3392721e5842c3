package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorMessages;
import io.tailrace.engine.error.TableErrorMessages;
import io.tailrace.engine.limits.Limits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What CreateTable checks of a request that satisfies {@link CreateTableConstraints}: how its members fit together.
 */
final class CreateTableValidator {
    private static final String HASH = "HASH";
    private static final String RANGE = "RANGE";

    private final CreateTableRequest request;
    private final List<String> defined = new ArrayList<>();
    private final Set<String> keysUsed = new LinkedHashSet<>();
    private final Set<String> indexNames = new HashSet<>();
    private int projectedAttributes;

    private CreateTableValidator(CreateTableRequest request) {
        this.request = request;
        request.attributeDefinitions().forEach(definition -> defined.add(definition.attributeName()));
    }

    static void verify(CreateTableRequest request) {
        CreateTableValidator checks = new CreateTableValidator(request);
        checks.unsupported();
        checks.billing();
        checks.tableKey();
        checks.localIndexes();
        checks.globalIndexes();
        checks.definitionsUsed();
        TableSettings.checkStream(request.streamSpecification());
        if (request.tags() != null) {
            TableSettings.checkTags(request.tags());
        }
    }

    static boolean isOnDemand(CreateTableRequest request) {
        return TableSettings.isOnDemand(request.billingMode());
    }

    /** Members that are understood but that this table engine has no place for: refused, never ignored. */
    private void unsupported() {
        TableSettings.refuse("ResourcePolicy", request.resourcePolicy() != null);
        TableSettings.refuse("GlobalTableSourceArn", request.globalTableSourceArn() != null);
        TableSettings.refuse(
                "GlobalTableSettingsReplicationMode", request.globalTableSettingsReplicationMode() != null);
        TableSettings.refuse("VectorIndexes", request.vectorIndexes());
        TableSettings.refuseOwnKey(request.sseSpecification());
    }

    private void billing() {
        Throughput throughput = request.provisionedThroughput();
        if (isOnDemand(request)) {
            check(throughput == null, TableErrorMessages.throughputOfOnDemand());
            CapacityChecks.OF_TABLE.checkNew(request.onDemandThroughput());
        } else {
            check(throughput != null, TableErrorMessages.throughputMissing());
            TableSettings.checkBounds(throughput);
            CapacityChecks.OF_TABLE.refuseMaximumOfProvisioned(request.onDemandThroughput(), true);
        }
        CapacityChecks.OF_TABLE.checkNew(request.warmThroughput(), throughput);
    }

    private void tableKey() {
        List<KeySchemaElement> key = request.keySchema();
        check(key.size() <= defined.size(), TableErrorMessages.keyWithoutDefinition());
        keySchema(key);
        check(
                new HashSet<>(defined).size() == defined.size(),
                ErrorMessages.invalidParameters("Duplicate AttributeName in AttributeDefinitions"));
        if (request.localSecondaryIndexes() == null && request.globalSecondaryIndexes() == null) {
            check(
                    key.size() == defined.size(),
                    ErrorMessages.invalidParameters(
                            "Number of attributes in KeySchema does not exactly match number of "
                                    + "attributes defined in AttributeDefinitions"));
        }
    }

    /** A key schema of a table or a local index: HASH, or HASH and RANGE. */
    private void keySchema(List<KeySchemaElement> key) {
        List<String> names = namesDefined(key);
        check(names.size() < 2 || !names.get(0).equals(names.get(1)), TableErrorMessages.keyOfOneName());
        firstIsHash(key);
        check(
                key.size() < 2 || key.get(1).keyType().equals(RANGE),
                "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
    }

    private static void firstIsHash(List<KeySchemaElement> key) {
        check(key.get(0).keyType().equals(HASH), TableErrorMessages.firstKeyNotHash());
    }

    private List<String> namesDefined(List<KeySchemaElement> key) {
        List<String> names = key.stream().map(KeySchemaElement::attributeName).toList();
        GlobalIndexChecks.defined(names, defined);
        keysUsed.addAll(names);
        return names;
    }

    private void localIndexes() {
        List<LocalSecondaryIndex> indexes = request.localSecondaryIndexes();
        if (indexes == null) {
            return;
        }
        check(!indexes.isEmpty(), ErrorMessages.invalidParameters("List of LocalSecondaryIndexes is empty"));
        check(
                request.keySchema().size() == 2,
                ErrorMessages.invalidParameters("Table KeySchema does not have a range key, which is required when "
                        + "specifying a LocalSecondaryIndex"));
        String tableHash = request.keySchema().get(0).attributeName();
        for (LocalSecondaryIndex index : indexes) {
            keySchema(index.keySchema());
            check(
                    index.keySchema().size() == 2,
                    ErrorMessages.invalidParameters(
                            "Index KeySchema does not have a range key for index: " + index.indexName()));
            String hash = index.keySchema().get(0).attributeName();
            check(
                    hash.equals(tableHash),
                    ErrorMessages.invalidParameters("Index KeySchema does not have the same leading hash key as table "
                            + "KeySchema for index: " + index.indexName() + ". index hash key: " + hash
                            + ", table hash key: " + tableHash));
            projection(index.projection());
            indexName(index.indexName());
        }
        check(
                indexes.size() <= Limits.MAX_LOCAL_SECONDARY_INDEXES,
                ErrorMessages.invalidParameters("Number of LocalSecondaryIndexes exceeds per-table limit of "
                        + Limits.MAX_LOCAL_SECONDARY_INDEXES));
    }

    private void globalIndexes() {
        List<GlobalSecondaryIndex> indexes = request.globalSecondaryIndexes();
        if (indexes == null) {
            return;
        }
        check(!indexes.isEmpty(), ErrorMessages.invalidParameters("List of GlobalSecondaryIndexes is empty"));
        for (GlobalSecondaryIndex index : indexes) {
            GlobalIndexChecks.keySchema(index.keySchema(), defined);
            index.keySchema().forEach(element -> keysUsed.add(element.attributeName()));
            projection(index.projection());
            indexThroughput(index);
            indexName(index.indexName());
        }
        check(indexes.size() <= Limits.MAX_GLOBAL_SECONDARY_INDEXES, TableErrorMessages.tooManyGlobalIndexes());
    }

    private void indexThroughput(GlobalSecondaryIndex index) {
        Throughput throughput = index.provisionedThroughput();
        CapacityChecks checks = new CapacityChecks(index.indexName());
        if (isOnDemand(request)) {
            check(throughput == null, TableErrorMessages.indexThroughputOfOnDemand(index.indexName()));
            checks.checkNew(index.onDemandThroughput());
        } else {
            check(throughput != null, TableErrorMessages.indexThroughputMissing(index.indexName()));
            TableSettings.checkBounds(throughput);
            checks.refuseMaximumOfProvisioned(index.onDemandThroughput(), true);
        }
        checks.checkNew(index.warmThroughput(), throughput);
    }

    private void projection(ProjectionSpecification projection) {
        projectedAttributes += GlobalIndexChecks.projection(projection);
        GlobalIndexChecks.projectedAttributes(projectedAttributes);
    }

    private void indexName(String name) {
        check(indexNames.add(name), ErrorMessages.invalidParameters("Duplicate index name: " + name));
    }

    private void definitionsUsed() {
        check(
                keysUsed.containsAll(defined),
                ErrorMessages.invalidParameters("Some AttributeDefinitions are not used. AttributeDefinitions: "
                        + defined + ", keys used: " + keysUsed));
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw DynamoException.validation(message);
        }
    }
}
