package io.tailrace.engine.operation;

import io.tailrace.engine.read.TableStatistics;
import io.tailrace.schemas.model.BillingMode;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.KeySchema;
import io.tailrace.schemas.model.Projection;
import io.tailrace.schemas.model.ProvisionedThroughput;
import io.tailrace.schemas.model.TableDefinition;
import java.util.ArrayList;
import java.util.List;

/** Describes tables as the API does. (API Reference, TableDescription.) */
final class TableDescriptions {
    /** Table and index states. */
    enum Status {
        CREATING,
        ACTIVE,
        UPDATING,
        DELETING
    }

    /** What a new on-demand table serves at once. (Developer Guide, "Warm throughput".) */
    private static final WarmThroughputDescription ON_DEMAND_WARM_THROUGHPUT =
            new WarmThroughputDescription(12_000, 4_000, Status.ACTIVE.name());

    /** How many items the table and its indexes have, and of which size. */
    interface Statistics {
        Statistics NONE = id -> TableStatistics.NONE;

        TableStatistics of(int tableOrIndexId);
    }

    private final String region;
    private final Statistics tableStatistics;
    private final Statistics globalIndexStatistics;

    TableDescriptions(String region, Statistics tableStatistics, Statistics globalIndexStatistics) {
        this.region = region;
        this.tableStatistics = tableStatistics;
        this.globalIndexStatistics = globalIndexStatistics;
    }

    /** Of a table that has nothing in it, or whose content does not matter. */
    static TableDescription describe(TableDefinition table, String region, Status status) {
        return new TableDescriptions(region, Statistics.NONE, Statistics.NONE).describe(table, status);
    }

    TableDescription describe(TableDefinition table, Status status) {
        TableStatistics statistics = tableStatistics.of(table.id());
        String arn = TableReference.tableArn(region, table.name());
        boolean onDemand = table.billingMode() == BillingMode.PAY_PER_REQUEST;
        return new TableDescription(
                attributeDefinitions(table),
                table.name(),
                keySchema(table.key()),
                status.name(),
                table.created(),
                throughput(table.provisionedThroughput()),
                statistics.sizeBytes(),
                statistics.itemCount(),
                arn,
                table.tableUuid(),
                onDemand ? new BillingModeSummary(table.billingMode().name(), table.created()) : null,
                localIndexes(table),
                globalIndexes(table, status),
                table.stream() == null
                        ? null
                        : new StreamSpecification(
                                true, table.stream().viewType().name()),
                table.stream() == null ? null : table.stream().label(),
                table.stream() == null ? null : TableReference.streamArn(region, table),
                null,
                null,
                table.deletionProtection(),
                null,
                warmThroughput(table.provisionedThroughput()));
    }

    private static List<AttributeDefinition> attributeDefinitions(TableDefinition table) {
        List<AttributeDefinition> definitions = new ArrayList<>();
        table.attributeTypes().forEach((name, type) -> definitions.add(new AttributeDefinition(name, type.name())));
        return definitions;
    }

    private static List<KeySchemaElement> keySchema(KeySchema key) {
        List<KeySchemaElement> elements = new ArrayList<>();
        for (KeyAttribute attribute : key.partitionKey()) {
            elements.add(new KeySchemaElement(attribute.name(), "HASH"));
        }
        for (KeyAttribute attribute : key.sortKey()) {
            elements.add(new KeySchemaElement(attribute.name(), "RANGE"));
        }
        return elements;
    }

    private List<LocalSecondaryIndexDescription> localIndexes(TableDefinition table) {
        if (table.localSecondaryIndexes().isEmpty()) {
            return null;
        }
        List<LocalSecondaryIndexDescription> descriptions = new ArrayList<>();
        for (IndexDefinition index : table.localSecondaryIndexes()) {
            TableStatistics statistics = tableStatistics.of(index.id());
            descriptions.add(new LocalSecondaryIndexDescription(
                    index.name(),
                    keySchema(index.key()),
                    projection(index.projection()),
                    statistics.sizeBytes(),
                    statistics.itemCount(),
                    TableReference.indexArn(region, table, index)));
        }
        return descriptions;
    }

    private List<GlobalSecondaryIndexDescription> globalIndexes(TableDefinition table, Status status) {
        if (table.globalSecondaryIndexes().isEmpty()) {
            return null;
        }
        // An update of the table leaves its indexes as they are.
        Status indexStatus = status == Status.UPDATING ? Status.ACTIVE : status;
        List<GlobalSecondaryIndexDescription> descriptions = new ArrayList<>();
        for (IndexDefinition index : table.globalSecondaryIndexes()) {
            TableStatistics statistics = globalIndexStatistics.of(index.id());
            descriptions.add(new GlobalSecondaryIndexDescription(
                    index.name(),
                    keySchema(index.key()),
                    projection(index.projection()),
                    indexStatus.name(),
                    null,
                    throughput(index.provisionedThroughput()),
                    statistics.sizeBytes(),
                    statistics.itemCount(),
                    TableReference.indexArn(region, table, index),
                    null,
                    warmThroughput(index.provisionedThroughput())));
        }
        return descriptions;
    }

    private static ProjectionSpecification projection(Projection projection) {
        return new ProjectionSpecification(
                projection.type().name(),
                projection.nonKeyAttributes().isEmpty() ? null : projection.nonKeyAttributes());
    }

    private static ThroughputDescription throughput(ProvisionedThroughput throughput) {
        return throughput == null
                ? new ThroughputDescription(null, null, 0, 0, 0)
                : new ThroughputDescription(
                        null, null, 0, throughput.readCapacityUnits(), throughput.writeCapacityUnits());
    }

    private static WarmThroughputDescription warmThroughput(ProvisionedThroughput throughput) {
        return throughput == null
                ? ON_DEMAND_WARM_THROUGHPUT
                : new WarmThroughputDescription(
                        throughput.readCapacityUnits(), throughput.writeCapacityUnits(), Status.ACTIVE.name());
    }
}
