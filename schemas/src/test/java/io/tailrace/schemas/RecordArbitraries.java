package io.tailrace.schemas;

import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.BillingMode;
import io.tailrace.schemas.model.Binary;
import io.tailrace.schemas.model.CapacityDetails;
import io.tailrace.schemas.model.Change;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.Command;
import io.tailrace.schemas.model.EventName;
import io.tailrace.schemas.model.GlobalTable;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.IndexStatus;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemVersion;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.KeySchema;
import io.tailrace.schemas.model.OnDemandMaximum;
import io.tailrace.schemas.model.Projection;
import io.tailrace.schemas.model.ProvisionedThroughput;
import io.tailrace.schemas.model.Replica;
import io.tailrace.schemas.model.ReplicaHearing;
import io.tailrace.schemas.model.ReplicaIndex;
import io.tailrace.schemas.model.ReplicaSettings;
import io.tailrace.schemas.model.ReplicaStatus;
import io.tailrace.schemas.model.ReplicaTelling;
import io.tailrace.schemas.model.SharedSetting;
import io.tailrace.schemas.model.StreamDefinition;
import io.tailrace.schemas.model.StreamRecord;
import io.tailrace.schemas.model.StreamShards;
import io.tailrace.schemas.model.StreamViewType;
import io.tailrace.schemas.model.TableClass;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.model.TableDetails;
import io.tailrace.schemas.model.TableStatus;
import io.tailrace.schemas.model.TableTransition;
import io.tailrace.schemas.model.TimeToLiveChange;
import io.tailrace.schemas.model.UserIdentity;
import io.tailrace.schemas.model.WarmCapacity;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Arbitrary change records, stream records, commands and table definitions. */
public final class RecordArbitraries {
    private RecordArbitraries() {}

    /** Changes of items and of the catalog. */
    public static Arbitrary<ChangeRecord> changeRecords() {
        return changeRecords(Arbitraries.oneOf(itemChanges(), catalogChanges()));
    }

    /** Changes of items only. */
    public static Arbitrary<ChangeRecord> itemChangeRecords() {
        return changeRecords(itemChanges());
    }

    private static Arbitrary<ChangeRecord> changeRecords(Arbitrary<Change> changes) {
        return Combinators.combine(
                        Arbitraries.longs().between(1, Long.MAX_VALUE),
                        Arbitraries.integers().between(0, 99),
                        Arbitraries.integers().between(1, 100),
                        instants(),
                        ItemArbitraries.strings(),
                        ItemArbitraries.strings().injectNull(0.5),
                        identities().injectNull(0.5),
                        changes)
                .as((sequence, index, more, time, region, origin, identity, change) -> version(change)
                        .map(version -> new ChangeRecord(
                                sequence, index, index + more, time, region, origin, identity, change, version)))
                .flatMap(records -> records)
                .withoutEdgeCases();
    }

    private static Arbitrary<ItemVersion> version(Change change) {
        if (!(change instanceof Change.ItemChange item)) {
            return Arbitraries.just(null);
        }
        return item.oldImage() == null && item.newImage() == null
                ? itemVersions()
                : itemVersions().injectNull(0.5);
    }

    private static Arbitrary<Change> itemChanges() {
        Arbitrary<Item> items = ItemArbitraries.items();
        Arbitrary<Item[]> images = Arbitraries.oneOf(
                items.map(image -> new Item[] {null, image}),
                items.map(image -> new Item[] {image, null}),
                items.map(image -> new Item[] {image, image}),
                Arbitraries.just(new Item[] {null, null}),
                Combinators.combine(items, items).as((before, after) -> new Item[] {before, after}));
        return Combinators.combine(Arbitraries.integers().greaterOrEqual(1), ItemArbitraries.strings(), items, images)
                .as((id, name, keys, both) -> new Change.ItemChange(id, name, keys, both[0], both[1]));
    }

    private static Arbitrary<Change> catalogChanges() {
        return Combinators.combine(Arbitraries.of(Change.CatalogChange.Action.class), tables())
                .as(Change.CatalogChange::new);
    }

    public static Arbitrary<StreamRecord> streamRecords() {
        Arbitrary<Item> items = ItemArbitraries.items();
        Arbitrary<StreamRecord> records = Combinators.combine(
                        ItemArbitraries.strings(),
                        Arbitraries.of(EventName.class),
                        instants(),
                        items,
                        items.injectNull(0.3),
                        items.injectNull(0.3),
                        Arbitraries.longs().greaterOrEqual(0),
                        Arbitraries.of(StreamViewType.class))
                .as((id, event, time, keys, newImage, oldImage, size, view) -> new StreamRecord(
                        id,
                        event,
                        "eu-west-1",
                        time,
                        keys,
                        newImage,
                        oldImage,
                        "100000000000000000001",
                        size,
                        view,
                        null));
        return Combinators.combine(records, identities().injectNull(0.5))
                .as((r, identity) -> new StreamRecord(
                        r.eventId(),
                        r.eventName(),
                        r.awsRegion(),
                        r.approximateCreationTime(),
                        r.keys(),
                        r.newImage(),
                        r.oldImage(),
                        r.sequenceNumber(),
                        r.sizeBytes(),
                        r.viewType(),
                        identity))
                .withoutEdgeCases();
    }

    public static Arbitrary<Command> commands() {
        Arbitrary<Command.Action> actions = Arbitraries.oneOf(
                ItemArbitraries.items().map(Command.Put::new),
                ItemArbitraries.items().map(Command.Delete::new),
                toldTables());
        Arbitrary<Map<String, AttributeValue>> values = Arbitraries.maps(
                        ItemArbitraries.strings(), ItemArbitraries.values())
                .ofMaxSize(3);
        return Combinators.combine(
                        ItemArbitraries.strings(),
                        ItemArbitraries.strings(),
                        Arbitraries.integers(),
                        actions,
                        ItemArbitraries.strings().injectNull(0.5),
                        stringMaps(),
                        values,
                        identities().injectNull(0.5))
                .as((id, table, tableId, action, condition, names, bound, identity) ->
                        new Command(id, "test", table, tableId, action, condition, names, bound, identity))
                .flatMap(command -> Arbitraries.oneOf(expiring(command), replicated(command)))
                .withoutEdgeCases();
    }

    /** The command, or, of a delete, one that depends on time to live. */
    private static Arbitrary<Command> expiring(Command command) {
        return command.action() instanceof Command.Delete delete
                ? ItemArbitraries.strings()
                        .injectNull(0.5)
                        .map(attribute -> new Command(
                                command.id(),
                                command.origin(),
                                command.tableName(),
                                command.tableId(),
                                delete,
                                command.conditionExpression(),
                                command.expressionAttributeNames(),
                                command.expressionAttributeValues(),
                                command.userIdentity(),
                                attribute,
                                null))
                : Arbitraries.just(command);
    }

    /** The command, or, of a put or delete, one from another region. */
    private static Arbitrary<Command> replicated(Command command) {
        return command.action() instanceof Command.TellTable
                ? Arbitraries.just(command)
                : itemVersions()
                        .map(version -> Command.replicate(
                                command.id(), command.origin(), command.tableName(), command.action(), version));
    }

    private static Arbitrary<Command.Action> toldTables() {
        return Combinators.combine(
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(50),
                        Arbitraries.integers().between(0, 100),
                        Arbitraries.integers().between(1, 100))
                .as((change, partition, more) ->
                        new Command.TellTable(Binary.wrap(change), partition, partition + more));
    }

    public static Arbitrary<ItemVersion> itemVersions() {
        return Combinators.combine(instants(), ItemArbitraries.strings()).as(ItemVersion::new);
    }

    public static Arbitrary<TableDefinition> tables() {
        Arbitrary<TableDefinition> plain = Combinators.combine(
                        Arbitraries.integers().greaterOrEqual(1),
                        ItemArbitraries.strings(),
                        keys(1),
                        indexes().list().ofMaxSize(2),
                        globalIndexes(),
                        throughputs().injectNull(0.5),
                        Arbitraries.of(StreamViewType.class).injectNull(0.5),
                        stringMaps())
                .as((id, name, key, local, global, throughput, view, tags) -> new TableDefinition(
                        id,
                        "f" + id,
                        name,
                        key,
                        typesOf(key),
                        local,
                        global,
                        throughput == null ? BillingMode.PAY_PER_REQUEST : BillingMode.PROVISIONED,
                        throughput,
                        view == null ? null : new StreamDefinition(view, "2026-11-21T00:00:00.000"),
                        null,
                        id % 2 == 0,
                        tags,
                        Instant.EPOCH));
        return Combinators.combine(plain, ItemArbitraries.strings().injectNull(0.5), instants(), tableDetails())
                .as((table, ttl, created, details) -> new TableDefinition(
                        table.id(),
                        table.tableUuid(),
                        table.name(),
                        table.key(),
                        table.attributeTypes(),
                        table.localSecondaryIndexes(),
                        table.globalSecondaryIndexes(),
                        table.billingMode(),
                        table.provisionedThroughput(),
                        table.stream(),
                        ttl,
                        table.deletionProtection(),
                        table.tags(),
                        created,
                        details))
                .withoutEdgeCases();
    }

    private static Arbitrary<TableDetails> tableDetails() {
        Arbitrary<TableTransition> transitions = Combinators.combine(Arbitraries.of(TableStatus.class), instants())
                .as(TableTransition::new);
        return Combinators.combine(
                        transitions.injectNull(0.5),
                        Arbitraries.of(TableClass.class),
                        instants().list().ofMaxSize(2),
                        instants().list().ofMaxSize(4),
                        capacityDetails(),
                        Arbitraries.maps(Arbitraries.integers().greaterOrEqual(1), capacityDetails())
                                .ofMaxSize(2),
                        Combinators.combine(instants(), Arbitraries.of(true, false))
                                .as(TimeToLiveChange::new)
                                .injectNull(0.5),
                        Combinators.combine(
                                        Arbitraries.integers().greaterOrEqual(1),
                                        Arbitraries.integers().greaterOrEqual(0))
                                .as(StreamShards::new)
                                .injectNull(0.5))
                .as((transition, tableClass, changes, switches, capacity, indexCapacity, timeToLive, shards) ->
                        new TableDetails(
                                transition,
                                tableClass,
                                changes,
                                switches,
                                capacity,
                                indexCapacity,
                                timeToLive,
                                shards,
                                null))
                .flatMap(details -> globalTables().injectNull(0.5).map(details::withGlobalTable));
    }

    public static Arbitrary<GlobalTable> globalTables() {
        return Combinators.combine(
                        ItemArbitraries.strings(),
                        itemVersions(),
                        Arbitraries.of(true, false),
                        replicas().list().ofMaxSize(3),
                        Arbitraries.maps(Arbitraries.of(SharedSetting.class), itemVersions()),
                        Arbitraries.maps(ItemArbitraries.strings(), itemVersions())
                                .ofMaxSize(2),
                        Combinators.combine(ItemArbitraries.strings(), itemVersions(), Arbitraries.of(true, false))
                                .as(ReplicaTelling::new)
                                .list()
                                .ofMaxSize(2),
                        Combinators.combine(
                                        ItemArbitraries.strings(),
                                        Arbitraries.integers().greaterOrEqual(1),
                                        Arbitraries.integers()
                                                .greaterOrEqual(0)
                                                .list()
                                                .ofMaxSize(3))
                                .as(ReplicaHearing::new)
                                .list()
                                .ofMaxSize(2))
                .as((id, since, inForce, replicas, settings, indexes, told, heard) -> new GlobalTable(
                        id, since.time(), since.region(), inForce, replicas, settings, indexes, told, heard));
    }

    public static Arbitrary<Replica> replicas() {
        Arbitrary<Long> units = Arbitraries.longs().greaterOrEqual(1).injectNull(0.5);
        Arbitrary<ReplicaIndex> indexes =
                Combinators.combine(ItemArbitraries.strings(), units, units).as(ReplicaIndex::new);
        Arbitrary<ReplicaSettings> settings = Combinators.combine(
                        units,
                        units,
                        Arbitraries.of(TableClass.class).injectNull(0.5),
                        indexes.list().ofMaxSize(2))
                .as(ReplicaSettings::new);
        return Combinators.combine(
                        ItemArbitraries.strings(),
                        itemVersions(),
                        Arbitraries.of(ReplicaStatus.class),
                        itemVersions(),
                        settings)
                .as(Replica::new);
    }

    private static Arbitrary<CapacityDetails> capacityDetails() {
        Arbitrary<Long> units = Arbitraries.longs().greaterOrEqual(1);
        Arbitrary<OnDemandMaximum> maxima = Combinators.combine(units.injectNull(0.3), units.injectNull(0.3))
                .as(OnDemandMaximum::new);
        Arbitrary<WarmCapacity> warm =
                Combinators.combine(units, units, instants().injectNull(0.5)).as(WarmCapacity::new);
        return Combinators.combine(
                        maxima.injectNull(0.5),
                        warm.injectNull(0.5),
                        instants().injectNull(0.5),
                        instants().injectNull(0.5),
                        Arbitraries.integers().between(0, 27))
                .as(CapacityDetails::new);
    }

    private static Map<String, AttributeType> typesOf(KeySchema key) {
        Map<String, AttributeType> types = new LinkedHashMap<>();
        key.attributes().forEach(attribute -> types.put(attribute.name(), attribute.type()));
        return types;
    }

    private static Arbitrary<IndexDefinition> indexes() {
        Arbitrary<Projection> projections = Combinators.combine(
                        Arbitraries.of(Projection.Type.class),
                        ItemArbitraries.strings().list().ofMaxSize(3))
                .as(Projection::new);
        return Combinators.combine(
                        Arbitraries.integers().greaterOrEqual(1),
                        ItemArbitraries.strings(),
                        keys(4),
                        projections,
                        throughputs().injectNull(0.5))
                .as(IndexDefinition::new);
    }

    private static Arbitrary<List<IndexDefinition>> globalIndexes() {
        return Combinators.combine(indexes(), Arbitraries.of(IndexStatus.class))
                .as(IndexDefinition::withStatus)
                .list()
                .uniqueElements(IndexDefinition::id)
                .ofMaxSize(3);
    }

    private static Arbitrary<KeySchema> keys(int maxAttributes) {
        Arbitrary<KeyAttribute> attributes = Combinators.combine(
                        ItemArbitraries.strings(), Arbitraries.of(AttributeType.S, AttributeType.N, AttributeType.B))
                .as(KeyAttribute::new);
        Arbitrary<List<KeyAttribute>> partition = attributes.list().ofMinSize(1).ofMaxSize(maxAttributes);
        return Combinators.combine(partition, attributes.list().ofMaxSize(maxAttributes))
                .as(KeySchema::new);
    }

    private static Arbitrary<ProvisionedThroughput> throughputs() {
        Arbitrary<Long> units = Arbitraries.longs().greaterOrEqual(1);
        return Combinators.combine(units, units).as(ProvisionedThroughput::new);
    }

    private static Arbitrary<Map<String, String>> stringMaps() {
        return Arbitraries.maps(ItemArbitraries.strings(), ItemArbitraries.strings())
                .ofMaxSize(3);
    }

    private static Arbitrary<UserIdentity> identities() {
        return Combinators.combine(ItemArbitraries.strings(), ItemArbitraries.strings())
                .as(UserIdentity::new);
    }

    private static Arbitrary<Instant> instants() {
        return Combinators.combine(
                        Arbitraries.longs().between(-2_000_000_000L, 32_503_680_000L),
                        Arbitraries.integers().between(0, 999_999_999))
                .as(Instant::ofEpochSecond);
    }
}
