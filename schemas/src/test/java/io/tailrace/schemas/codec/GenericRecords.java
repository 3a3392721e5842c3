package io.tailrace.schemas.codec;

import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.CapacityDetails;
import io.tailrace.schemas.model.Change;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.Command;
import io.tailrace.schemas.model.GlobalTable;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.IndexStatus;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemVersion;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.KeySchema;
import io.tailrace.schemas.model.ProvisionedThroughput;
import io.tailrace.schemas.model.Replica;
import io.tailrace.schemas.model.StreamRecord;
import io.tailrace.schemas.model.TableClass;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.model.TableDetails;
import io.tailrace.schemas.model.UserIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** The model as Avro's generic data, by the schemas' field names: what the codecs are compared with. */
final class GenericRecords {
    private final Map<String, Schema> schemas = new LinkedHashMap<>();

    GenericRecords() {
        for (Schema root : List.of(
                io.tailrace.schemas.avro.ChangeRecord.getClassSchema(),
                io.tailrace.schemas.avro.StreamRecord.getClassSchema(),
                io.tailrace.schemas.avro.Command.getClassSchema())) {
            collect(root);
        }
    }

    Schema schema(String name) {
        return schemas.get(name);
    }

    /** What Avro's own writer makes of it. */
    static byte[] encode(Schema schema, Object datum) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<>(schema).write(datum, out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    GenericRecord changeRecord(ChangeRecord change) {
        GenericRecord out = record("ChangeRecord");
        out.put("sequenceNumber", change.sequenceNumber());
        out.put("mutationIndex", change.mutationIndex());
        out.put("mutationCount", change.mutationCount());
        out.put("commitTime", micros(change.commitTime()));
        out.put("region", change.region());
        out.put("origin", change.origin());
        out.put("userIdentity", identity(change.userIdentity()));
        if (change.change() instanceof Change.ItemChange item) {
            GenericRecord itemChange = record("ItemChange");
            itemChange.put("tableId", item.tableId());
            itemChange.put("tableName", item.tableName());
            itemChange.put("keys", item(item.keys()));
            itemChange.put("oldImage", item(item.oldImage()));
            itemChange.put("newImage", item(item.newImage()));
            out.put("change", itemChange);
        } else if (change.change() instanceof Change.CatalogChange catalog) {
            GenericRecord catalogChange = record("CatalogChange");
            catalogChange.put("action", symbol("CatalogAction", catalog.action()));
            catalogChange.put("table", table(catalog.table()));
            out.put("change", catalogChange);
        }
        out.put("version", version(change.version()));
        return out;
    }

    GenericRecord version(ItemVersion version) {
        if (version == null) {
            return null;
        }
        GenericRecord out = record("ItemVersion");
        out.put("time", micros(version.time()));
        out.put("region", version.region());
        return out;
    }

    GenericRecord streamRecord(StreamRecord stream) {
        GenericRecord data = record("StreamRecordData");
        data.put("ApproximateCreationDateTime", stream.approximateCreationTime().toEpochMilli());
        data.put("Keys", item(stream.keys()));
        data.put("NewImage", item(stream.newImage()));
        data.put("OldImage", item(stream.oldImage()));
        data.put("SequenceNumber", stream.sequenceNumber());
        data.put("SizeBytes", stream.sizeBytes());
        data.put("StreamViewType", symbol("StreamViewType", stream.viewType()));
        GenericRecord out = record("StreamRecord");
        out.put("eventID", stream.eventId());
        out.put("eventName", symbol("EventName", stream.eventName()));
        out.put("eventVersion", "1.1");
        out.put("eventSource", "aws:dynamodb");
        out.put("awsRegion", stream.awsRegion());
        out.put("userIdentity", identity(stream.userIdentity()));
        out.put("dynamodb", data);
        return out;
    }

    GenericRecord command(Command command) {
        GenericRecord out = record("Command");
        out.put("id", command.id());
        out.put("origin", command.origin());
        out.put("tableName", command.tableName());
        out.put("tableId", command.tableId());
        if (command.action() instanceof Command.Put put) {
            GenericRecord action = record("PutAction");
            action.put("item", item(put.item()));
            out.put("action", action);
        } else if (command.action() instanceof Command.Delete delete) {
            GenericRecord action = record("DeleteAction");
            action.put("key", item(delete.key()));
            out.put("action", action);
        } else if (command.action() instanceof Command.TellTable tell) {
            GenericRecord action = record("DeleteAction");
            action.put("key", Map.of());
            out.put("action", action);
            GenericRecord told = record("ToldTable");
            told.put("change", tell.change().asByteBuffer());
            told.put("partition", tell.partition());
            told.put("partitions", tell.partitions());
            out.put("toldTable", told);
        }
        out.put("conditionExpression", command.conditionExpression());
        out.put("expressionAttributeNames", command.expressionAttributeNames());
        out.put("expressionAttributeValues", values(command.expressionAttributeValues()));
        out.put("userIdentity", identity(command.userIdentity()));
        out.put("timeToLiveAttribute", command.timeToLiveAttribute());
        out.put("version", version(command.version()));
        return out;
    }

    GenericRecord table(TableDefinition table) {
        GenericRecord out = record("TableDefinition");
        out.put("id", table.id());
        out.put("tableUuid", table.tableUuid());
        out.put("name", table.name());
        out.put("key", key(table.key()));
        out.put(
                "attributeDefinitions",
                list(List.copyOf(table.attributeTypes().entrySet()), d -> definition(d.getKey(), d.getValue())));
        out.put("localSecondaryIndexes", list(table.localSecondaryIndexes(), this::index));
        out.put("globalSecondaryIndexes", list(table.globalSecondaryIndexes(), this::index));
        out.put("billingMode", symbol("BillingMode", table.billingMode()));
        out.put("provisionedThroughput", throughput(table.provisionedThroughput()));
        if (table.stream() != null) {
            GenericRecord stream = record("StreamDefinition");
            stream.put("viewType", symbol("StreamViewType", table.stream().viewType()));
            stream.put("label", table.stream().label());
            out.put("stream", stream);
        }
        out.put("ttlAttribute", table.ttlAttribute());
        out.put("deletionProtection", table.deletionProtection());
        out.put("tags", table.tags());
        out.put("created", micros(table.created()));
        out.put(
                "indexStates",
                list(
                        table.globalSecondaryIndexes().stream()
                                .filter(index -> index.status() != IndexStatus.ACTIVE)
                                .toList(),
                        this::indexState));
        out.put("details", table.details().equals(TableDetails.NONE) ? null : details(table.details()));
        return out;
    }

    private GenericRecord details(TableDetails details) {
        GenericRecord out = record("TableDetails");
        if (details.transition() != null) {
            GenericRecord transition = record("TableTransition");
            transition.put("status", symbol("TableStatus", details.transition().status()));
            transition.put("end", micros(details.transition().end()));
            out.put("transition", transition);
        }
        out.put("tableClass", symbol("TableClass", details.tableClass()));
        out.put("tableClassChanges", list(details.tableClassChanges(), GenericRecords::micros));
        out.put("onDemandSwitches", list(details.onDemandSwitches(), GenericRecords::micros));
        out.put("capacity", capacity(details.capacity()));
        out.put("indexCapacity", list(List.copyOf(details.indexCapacity().entrySet()), index -> {
            GenericRecord ofIndex = record("IndexCapacity");
            ofIndex.put("indexId", index.getKey());
            ofIndex.put("capacity", capacity(index.getValue()));
            return ofIndex;
        }));
        if (details.timeToLive() != null) {
            GenericRecord timeToLive = record("TimeToLiveChange");
            timeToLive.put("time", micros(details.timeToLive().time()));
            timeToLive.put("backfilling", details.timeToLive().backfilling());
            out.put("timeToLive", timeToLive);
        }
        if (details.streamShards() != null) {
            GenericRecord shards = record("StreamShards");
            shards.put("partitions", details.streamShards().partitions());
            shards.put("generation", details.streamShards().generation());
            out.put("streamShards", shards);
        }
        out.put("globalTable", details.globalTable() == null ? null : globalTable(details.globalTable()));
        return out;
    }

    private GenericRecord globalTable(GlobalTable table) {
        GenericRecord out = record("GlobalTable");
        out.put("id", table.id());
        out.put("since", micros(table.since()));
        out.put("firstRegion", table.firstRegion());
        out.put("inForce", table.inForce());
        out.put("replicas", list(table.replicas(), this::replica));
        out.put("settings", list(List.copyOf(table.settings().entrySet()), setting -> {
            GenericRecord version = record("SettingVersion");
            version.put("setting", symbol("SharedSetting", setting.getKey()));
            version.put("version", version(setting.getValue()));
            return version;
        }));
        out.put("indexes", list(List.copyOf(table.indexes().entrySet()), index -> {
            GenericRecord version = record("IndexVersion");
            version.put("name", index.getKey());
            version.put("version", version(index.getValue()));
            return version;
        }));
        out.put("told", list(table.told(), told -> {
            GenericRecord telling = record("ReplicaTelling");
            telling.put("region", told.region());
            telling.put("created", version(told.created()));
            telling.put("done", told.done());
            return telling;
        }));
        out.put("heard", list(table.heard(), heard -> {
            GenericRecord hearing = record("ReplicaHearing");
            hearing.put("region", heard.region());
            hearing.put("pairs", heard.pairs());
            hearing.put("heard", List.copyOf(heard.heard()));
            return hearing;
        }));
        return out;
    }

    private GenericRecord replica(Replica replica) {
        GenericRecord out = record("Replica");
        out.put("region", replica.region());
        out.put("created", version(replica.created()));
        out.put("status", symbol("ReplicaStatus", replica.status()));
        out.put("changed", version(replica.changed()));
        GenericRecord settings = record("ReplicaSettings");
        settings.put("readCapacityUnits", replica.settings().readCapacityUnits());
        settings.put("maxReadRequestUnits", replica.settings().maxReadRequestUnits());
        TableClass tableClass = replica.settings().tableClass();
        settings.put("tableClass", tableClass == null ? null : symbol("TableClass", tableClass));
        settings.put("indexes", list(replica.settings().indexes(), index -> {
            GenericRecord ofIndex = record("ReplicaIndex");
            ofIndex.put("name", index.name());
            ofIndex.put("readCapacityUnits", index.readCapacityUnits());
            ofIndex.put("maxReadRequestUnits", index.maxReadRequestUnits());
            return ofIndex;
        }));
        out.put("settings", settings);
        return out;
    }

    private GenericRecord capacity(CapacityDetails capacity) {
        GenericRecord out = record("CapacityDetails");
        if (capacity.maximum() != null) {
            GenericRecord maximum = record("OnDemandMaximum");
            maximum.put("readRequestUnits", capacity.maximum().readRequestUnits());
            maximum.put("writeRequestUnits", capacity.maximum().writeRequestUnits());
            out.put("maximum", maximum);
        }
        if (capacity.warm() != null) {
            GenericRecord warm = record("WarmCapacity");
            warm.put("readUnitsPerSecond", capacity.warm().readUnitsPerSecond());
            warm.put("writeUnitsPerSecond", capacity.warm().writeUnitsPerSecond());
            warm.put("preparedFrom", nullableMicros(capacity.warm().preparedFrom()));
            out.put("warm", warm);
        }
        out.put("lastIncrease", nullableMicros(capacity.lastIncrease()));
        out.put("lastDecrease", nullableMicros(capacity.lastDecrease()));
        out.put("decreases", capacity.decreases());
        return out;
    }

    private static Long nullableMicros(Instant time) {
        return time == null ? null : micros(time);
    }

    private GenericRecord indexState(IndexDefinition index) {
        GenericRecord out = record("IndexState");
        out.put("indexId", index.id());
        out.put("status", symbol("IndexStatus", index.status()));
        return out;
    }

    Map<String, Object> item(Item item) {
        return item == null ? null : values(item.attributes());
    }

    private Map<String, Object> values(Map<String, AttributeValue> values) {
        Map<String, Object> out = new LinkedHashMap<>();
        values.forEach((name, value) -> out.put(name, value(value)));
        return out;
    }

    private GenericRecord value(AttributeValue value) {
        GenericRecord out = record("AttributeValue");
        out.put(
                "value",
                switch (value.type()) {
                    case S -> ((AttributeValue.S) value).value();
                    case N -> number((AttributeValue.N) value);
                    case B -> ByteBuffer.wrap(((AttributeValue.B) value).value().toByteArray());
                    case BOOL -> ((AttributeValue.Bool) value).value();
                    case NULL -> null;
                    case L -> list(((AttributeValue.L) value).values(), this::value);
                    case M -> values(((AttributeValue.M) value).values());
                    case SS -> set("StringSet", List.copyOf(((AttributeValue.SS) value).values()));
                    case NS ->
                        set(
                                "NumberSet",
                                list(
                                        new ArrayList<>(((AttributeValue.NS) value).values()),
                                        number -> number.toString()));
                    case BS ->
                        set(
                                "BinarySet",
                                list(
                                        new ArrayList<>(((AttributeValue.BS) value).values()),
                                        binary -> ByteBuffer.wrap(binary.toByteArray())));
                });
        return out;
    }

    private GenericRecord number(AttributeValue.N number) {
        GenericRecord out = record("NumberValue");
        out.put("value", number.value().toString());
        return out;
    }

    private GenericRecord set(String name, List<?> values) {
        GenericRecord out = record(name);
        out.put("values", values);
        return out;
    }

    private GenericRecord identity(UserIdentity identity) {
        if (identity == null) {
            return null;
        }
        GenericRecord out = record("UserIdentity");
        out.put("type", identity.type());
        out.put("principalId", identity.principalId());
        return out;
    }

    private GenericRecord key(KeySchema key) {
        GenericRecord out = record("KeySchema");
        Function<KeyAttribute, Object> attribute = a -> definition(a.name(), a.type());
        out.put("partitionKey", list(key.partitionKey(), attribute));
        out.put("sortKey", list(key.sortKey(), attribute));
        return out;
    }

    private GenericRecord definition(String name, AttributeType type) {
        GenericRecord out = record("AttributeDefinition");
        out.put("name", name);
        out.put("type", symbol("KeyAttributeType", type));
        return out;
    }

    private GenericRecord index(IndexDefinition index) {
        GenericRecord out = record("IndexDefinition");
        out.put("id", index.id());
        out.put("name", index.name());
        out.put("key", key(index.key()));
        out.put("projectionType", symbol("ProjectionType", index.projection().type()));
        out.put("nonKeyAttributes", index.projection().nonKeyAttributes());
        out.put("provisionedThroughput", throughput(index.provisionedThroughput()));
        return out;
    }

    private GenericRecord throughput(ProvisionedThroughput throughput) {
        if (throughput == null) {
            return null;
        }
        GenericRecord out = record("ProvisionedThroughput");
        out.put("readCapacityUnits", throughput.readCapacityUnits());
        out.put("writeCapacityUnits", throughput.writeCapacityUnits());
        return out;
    }

    private GenericRecord record(String name) {
        return new GenericData.Record(schemas.get(name));
    }

    private GenericData.EnumSymbol symbol(String name, Enum<?> constant) {
        return new GenericData.EnumSymbol(schemas.get(name), constant.name());
    }

    private static <T> List<Object> list(List<T> elements, Function<T, Object> convert) {
        List<Object> out = new ArrayList<>();
        elements.forEach(element -> out.add(convert.apply(element)));
        return out;
    }

    private static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    }

    private void collect(Schema schema) {
        switch (schema.getType()) {
            case RECORD -> {
                if (schemas.putIfAbsent(schema.getName(), schema) == null) {
                    schema.getFields().forEach(field -> collect(field.schema()));
                }
            }
            case ENUM -> schemas.putIfAbsent(schema.getName(), schema);
            case ARRAY -> collect(schema.getElementType());
            case MAP -> collect(schema.getValueType());
            case UNION -> schema.getTypes().forEach(this::collect);
            default -> {
                // primitives have no name
            }
        }
    }
}
