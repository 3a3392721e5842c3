package io.tailrace.schemas.codec;

import io.tailrace.schemas.model.GlobalTable;
import io.tailrace.schemas.model.ItemVersion;
import io.tailrace.schemas.model.Replica;
import io.tailrace.schemas.model.ReplicaHearing;
import io.tailrace.schemas.model.ReplicaIndex;
import io.tailrace.schemas.model.ReplicaSettings;
import io.tailrace.schemas.model.ReplicaStatus;
import io.tailrace.schemas.model.ReplicaTelling;
import io.tailrace.schemas.model.SharedSetting;
import io.tailrace.schemas.model.TableClass;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** {@code GlobalTable} in {@code TableDefinition.avsc}. */
final class GlobalTableCodec {
    private static final ReplicaStatus[] STATUSES = ReplicaStatus.values();
    private static final TableClass[] CLASSES = TableClass.values();
    private static final SharedSetting[] SETTINGS = SharedSetting.values();

    private GlobalTableCodec() {}

    static void writeNullable(GlobalTable table, AvroWriter out) {
        if (!out.writePresence(table)) {
            return;
        }
        out.writeString(table.id());
        out.writeMicros(table.since());
        out.writeString(table.firstRegion());
        out.writeBoolean(table.inForce());
        TableDefinitionCodec.writeList(table.replicas(), out, replica -> writeReplica(replica, out));
        TableDefinitionCodec.writeList(List.copyOf(table.settings().entrySet()), out, setting -> {
            out.writeIndex(setting.getKey().ordinal());
            ItemVersionCodec.write(setting.getValue(), out);
        });
        TableDefinitionCodec.writeList(List.copyOf(table.indexes().entrySet()), out, index -> {
            out.writeString(index.getKey());
            ItemVersionCodec.write(index.getValue(), out);
        });
        TableDefinitionCodec.writeList(table.told(), out, telling -> {
            out.writeString(telling.region());
            ItemVersionCodec.write(telling.created(), out);
            out.writeBoolean(telling.done());
        });
        TableDefinitionCodec.writeList(table.heard(), out, hearing -> {
            out.writeString(hearing.region());
            out.writeLong(hearing.pairs());
            TableDefinitionCodec.writeList(hearing.heard(), out, pair -> out.writeLong(pair));
        });
    }

    /** Null also where the details end: earlier versions had none. */
    static GlobalTable readNullable(AvroReader in) {
        return !in.isAtEnd() && in.readPresence()
                ? new GlobalTable(
                        in.readString(),
                        in.readMicros(),
                        in.readString(),
                        in.readBoolean(),
                        TableDefinitionCodec.readList(in, () -> readReplica(in)),
                        readVersions(in, () -> in.readEnum(SETTINGS)),
                        readVersions(in, in::readString),
                        TableDefinitionCodec.readList(
                                in,
                                () -> new ReplicaTelling(in.readString(), ItemVersionCodec.read(in), in.readBoolean())),
                        TableDefinitionCodec.readList(
                                in,
                                () -> new ReplicaHearing(
                                        in.readString(), in.readInt(), TableDefinitionCodec.readList(in, in::readInt))))
                : null;
    }

    private static <K> Map<K, ItemVersion> readVersions(AvroReader in, Supplier<K> key) {
        Map<K, ItemVersion> versions = new LinkedHashMap<>();
        for (Map.Entry<K, ItemVersion> version :
                TableDefinitionCodec.readList(in, () -> Map.entry(key.get(), ItemVersionCodec.read(in)))) {
            versions.put(version.getKey(), version.getValue());
        }
        return versions;
    }

    private static void writeReplica(Replica replica, AvroWriter out) {
        out.writeString(replica.region());
        ItemVersionCodec.write(replica.created(), out);
        out.writeIndex(replica.status().ordinal());
        ItemVersionCodec.write(replica.changed(), out);
        ReplicaSettings settings = replica.settings();
        writeNullable(settings.readCapacityUnits(), out);
        writeNullable(settings.maxReadRequestUnits(), out);
        if (out.writePresence(settings.tableClass())) {
            out.writeIndex(settings.tableClass().ordinal());
        }
        TableDefinitionCodec.writeList(settings.indexes(), out, index -> {
            out.writeString(index.name());
            writeNullable(index.readCapacityUnits(), out);
            writeNullable(index.maxReadRequestUnits(), out);
        });
    }

    private static Replica readReplica(AvroReader in) {
        return new Replica(
                in.readString(),
                ItemVersionCodec.read(in),
                in.readEnum(STATUSES),
                ItemVersionCodec.read(in),
                new ReplicaSettings(
                        readNullableLong(in),
                        readNullableLong(in),
                        in.readPresence() ? in.readEnum(CLASSES) : null,
                        TableDefinitionCodec.readList(
                                in,
                                () -> new ReplicaIndex(in.readString(), readNullableLong(in), readNullableLong(in)))));
    }

    private static void writeNullable(Long value, AvroWriter out) {
        if (out.writePresence(value)) {
            out.writeLong(value);
        }
    }

    private static Long readNullableLong(AvroReader in) {
        return in.readPresence() ? in.readLong() : null;
    }
}
