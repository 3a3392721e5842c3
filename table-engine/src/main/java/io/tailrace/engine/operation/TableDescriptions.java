package io.tailrace.engine.operation;

import io.tailrace.engine.catalog.TableStream;
import io.tailrace.engine.read.TableStatistics;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.schemas.model.BillingMode;
import io.tailrace.schemas.model.CapacityDetails;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.IndexStatus;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.KeySchema;
import io.tailrace.schemas.model.OnDemandMaximum;
import io.tailrace.schemas.model.Projection;
import io.tailrace.schemas.model.ProvisionedThroughput;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.model.WarmCapacity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Describes tables as the API does. (API Reference, TableDescription.) */
final class TableDescriptions {
    /** Table and index states. */
    enum Status {
        CREATING,
        ACTIVE,
        UPDATING,
        DELETING
    }

    /** How many items the table and its indexes have, and of which size. */
    interface Statistics {
        Statistics NONE = id -> TableStatistics.NONE;

        TableStatistics of(int tableOrIndexId);
    }

    private final String region;
    private final Instant now;
    private final Statistics tableStatistics;
    private final Statistics globalIndexStatistics;

    private Set<String> updatedIndexes = Set.of();
    /** The table as it was when it last had a stream; null when it had none. */
    private TableDefinition latestStream;

    TableDescriptions(String region, Instant now, Statistics tableStatistics, Statistics globalIndexStatistics) {
        this.region = region;
        this.now = now;
        this.tableStatistics = tableStatistics;
        this.globalIndexStatistics = globalIndexStatistics;
    }

    /** Of a table that is being created or deleted. */
    static TableDescription describe(TableDefinition table, Status status, PlanContext context) {
        return of(context).describe(table, status);
    }

    /** Of a table that was changed a moment ago, with those of its indexes that were changed too. */
    static TableDescription describeUpdated(
            TableDefinition table, Status status, Set<String> updatedIndexes, PlanContext context) {
        TableDescriptions descriptions = of(context);
        descriptions.updatedIndexes = updatedIndexes;
        return descriptions.describe(table, status);
    }

    private static TableDescriptions of(PlanContext context) {
        return new TableDescriptions(context.region(), context.now(), context::statistics, Statistics.NONE);
    }

    /** Names a table's stream also when it was disabled and can still be read. */
    TableDescriptions withLatestStream(Optional<TableStream> stream) {
        latestStream = stream.map(TableStream::table).orElse(null);
        return this;
    }

    TableDescription describe(TableDefinition table, Status status) {
        TableDefinition streaming = table.stream() == null ? latestStream : table;
        TableStatistics statistics = tableStatistics.of(table.id());
        String arn = TableReference.tableArn(region, table.name());
        CapacityDetails capacity = table.details().capacity();
        ReplicaDescriptions view = new ReplicaDescriptions(table, region);
        List<ReplicaDescription> replicas = view.replicas();
        return new TableDescription(
                attributeDefinitions(table),
                table.name(),
                keySchema(table.key()),
                status.name(),
                table.created(),
                throughput(view.throughput(), capacity),
                statistics.sizeBytes(),
                statistics.itemCount(),
                arn,
                table.tableUuid(),
                billingMode(table),
                localIndexes(table),
                globalIndexes(table, status),
                table.stream() == null
                        ? null
                        : new StreamSpecification(
                                true, table.stream().viewType().name()),
                streaming == null ? null : streaming.stream().label(),
                streaming == null ? null : TableReference.streamArn(region, streaming),
                null,
                TableClasses.summary(table.details()
                        .withTableClass(view.tableClass(), table.details().tableClassChanges())),
                table.deletionProtection(),
                maximum(view.maximum()),
                warmThroughput(capacity, view.throughput()),
                replicas,
                replicas == null ? null : ReplicaDescriptions.VERSION);
    }

    /** Null for a table that always was provisioned. */
    private static BillingModeSummary billingMode(TableDefinition table) {
        List<Instant> switches = table.details().onDemandSwitches();
        if (!switches.isEmpty()) {
            return new BillingModeSummary(table.billingMode().name(), switches.get(switches.size() - 1));
        }
        return table.billingMode() == BillingMode.PAY_PER_REQUEST
                ? new BillingModeSummary(table.billingMode().name(), table.created())
                : null;
    }

    private static OnDemandThroughput maximum(OnDemandMaximum maximum) {
        return maximum == null ? null : new OnDemandThroughput(maximum.readRequestUnits(), maximum.writeRequestUnits());
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
        ReplicaDescriptions view = new ReplicaDescriptions(table, region);
        List<GlobalSecondaryIndexDescription> descriptions = new ArrayList<>();
        for (IndexDefinition index : table.globalSecondaryIndexes()) {
            TableStatistics statistics = globalIndexStatistics.of(index.id());
            CapacityDetails capacity = table.details().capacity(index);
            descriptions.add(new GlobalSecondaryIndexDescription(
                    index.name(),
                    keySchema(index.key()),
                    projection(index.projection()),
                    indexStatus(index, status).name(),
                    isBuilt(index) ? Boolean.TRUE : null,
                    throughput(view.throughput(index), capacity),
                    statistics.sizeBytes(),
                    statistics.itemCount(),
                    TableReference.indexArn(region, table, index),
                    maximum(view.maximum(index)),
                    warmThroughput(capacity, view.throughput(index))));
        }
        return descriptions;
    }

    /** An update of the table leaves its indexes as they are, but for those that it is about. */
    private Status indexStatus(IndexDefinition index, Status tableStatus) {
        if (isBuilt(index)) {
            return Status.CREATING;
        }
        if (!index.isMaintained()) {
            return Status.DELETING;
        }
        if (updatedIndexes.contains(index.name())) {
            return Status.UPDATING;
        }
        return tableStatus == Status.UPDATING ? Status.ACTIVE : tableStatus;
    }

    private static boolean isBuilt(IndexDefinition index) {
        return index.status() == IndexStatus.BACKFILLING || index.status() == IndexStatus.CATCHING_UP;
    }

    private static ProjectionSpecification projection(Projection projection) {
        return new ProjectionSpecification(
                projection.type().name(),
                projection.nonKeyAttributes().isEmpty() ? null : projection.nonKeyAttributes());
    }

    private ThroughputDescription throughput(ProvisionedThroughput throughput, CapacityDetails capacity) {
        return new ThroughputDescription(
                capacity.lastIncrease(),
                capacity.lastDecrease(),
                Capacities.decreasesToday(capacity, now),
                throughput == null ? 0 : throughput.readCapacityUnits(),
                throughput == null ? 0 : throughput.writeCapacityUnits());
    }

    private WarmThroughputDescription warmThroughput(CapacityDetails capacity, ProvisionedThroughput throughput) {
        WarmCapacity warm = Capacities.warm(capacity, throughput);
        boolean prepared = warm.preparedFrom() == null || !now.isBefore(warm.preparedFrom());
        return new WarmThroughputDescription(
                warm.readUnitsPerSecond(),
                warm.writeUnitsPerSecond(),
                (prepared ? Status.ACTIVE : Status.UPDATING).name());
    }
}
