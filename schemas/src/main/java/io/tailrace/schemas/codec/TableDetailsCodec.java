package io.tailrace.schemas.codec;

import io.tailrace.schemas.model.CapacityDetails;
import io.tailrace.schemas.model.OnDemandMaximum;
import io.tailrace.schemas.model.StreamShards;
import io.tailrace.schemas.model.TableClass;
import io.tailrace.schemas.model.TableDetails;
import io.tailrace.schemas.model.TableStatus;
import io.tailrace.schemas.model.TableTransition;
import io.tailrace.schemas.model.TimeToLiveChange;
import io.tailrace.schemas.model.WarmCapacity;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code TableDetails} in {@code TableDefinition.avsc}; null for {@link TableDetails#NONE}. */
final class TableDetailsCodec {
    private static final TableStatus[] STATUSES = TableStatus.values();
    private static final TableClass[] CLASSES = TableClass.values();

    private TableDetailsCodec() {}

    static void writeNullable(TableDetails details, AvroWriter out) {
        if (!out.writePresence(details.equals(TableDetails.NONE) ? null : details)) {
            return;
        }
        TableTransition transition = details.transition();
        if (out.writePresence(transition)) {
            out.writeIndex(transition.status().ordinal());
            out.writeMicros(transition.end());
        }
        out.writeIndex(details.tableClass().ordinal());
        TableDefinitionCodec.writeList(details.tableClassChanges(), out, out::writeMicros);
        TableDefinitionCodec.writeList(details.onDemandSwitches(), out, out::writeMicros);
        writeCapacity(details.capacity(), out);
        TableDefinitionCodec.writeList(List.copyOf(details.indexCapacity().entrySet()), out, index -> {
            out.writeLong(index.getKey());
            writeCapacity(index.getValue(), out);
        });
        TimeToLiveChange timeToLive = details.timeToLive();
        if (out.writePresence(timeToLive)) {
            out.writeMicros(timeToLive.time());
            out.writeBoolean(timeToLive.backfilling());
        }
        StreamShards streamShards = details.streamShards();
        if (out.writePresence(streamShards)) {
            out.writeLong(streamShards.partitions());
            out.writeLong(streamShards.generation());
        }
        GlobalTableCodec.writeNullable(details.globalTable(), out);
    }

    static TableDetails readNullable(AvroReader in) {
        return in.readPresence()
                ? new TableDetails(
                        in.readPresence() ? new TableTransition(in.readEnum(STATUSES), in.readMicros()) : null,
                        in.readEnum(CLASSES),
                        TableDefinitionCodec.readList(in, in::readMicros),
                        TableDefinitionCodec.readList(in, in::readMicros),
                        readCapacity(in),
                        readIndexCapacity(in),
                        readTimeToLive(in),
                        readStreamShards(in),
                        GlobalTableCodec.readNullable(in))
                : TableDetails.NONE;
    }

    /** The details are the end of a definition: version 3 ends before this. */
    private static TimeToLiveChange readTimeToLive(AvroReader in) {
        return !in.isAtEnd() && in.readPresence() ? new TimeToLiveChange(in.readMicros(), in.readBoolean()) : null;
    }

    /** Version 4 ends before this. */
    private static StreamShards readStreamShards(AvroReader in) {
        return !in.isAtEnd() && in.readPresence() ? new StreamShards(in.readInt(), in.readInt()) : null;
    }

    private static Map<Integer, CapacityDetails> readIndexCapacity(AvroReader in) {
        Map<Integer, CapacityDetails> capacity = new LinkedHashMap<>();
        for (Map.Entry<Integer, CapacityDetails> index :
                TableDefinitionCodec.readList(in, () -> Map.entry(in.readInt(), readCapacity(in)))) {
            capacity.put(index.getKey(), index.getValue());
        }
        return capacity;
    }

    private static void writeCapacity(CapacityDetails capacity, AvroWriter out) {
        OnDemandMaximum maximum = capacity.maximum();
        if (out.writePresence(maximum)) {
            writeNullable(maximum.readRequestUnits(), out);
            writeNullable(maximum.writeRequestUnits(), out);
        }
        WarmCapacity warm = capacity.warm();
        if (out.writePresence(warm)) {
            out.writeLong(warm.readUnitsPerSecond());
            out.writeLong(warm.writeUnitsPerSecond());
            writeNullable(warm.preparedFrom(), out);
        }
        writeNullable(capacity.lastIncrease(), out);
        writeNullable(capacity.lastDecrease(), out);
        out.writeLong(capacity.decreases());
    }

    private static CapacityDetails readCapacity(AvroReader in) {
        return new CapacityDetails(
                in.readPresence() ? new OnDemandMaximum(readNullableLong(in), readNullableLong(in)) : null,
                in.readPresence() ? new WarmCapacity(in.readLong(), in.readLong(), readNullableMicros(in)) : null,
                readNullableMicros(in),
                readNullableMicros(in),
                in.readInt());
    }

    private static void writeNullable(Long value, AvroWriter out) {
        if (out.writePresence(value)) {
            out.writeLong(value);
        }
    }

    private static Long readNullableLong(AvroReader in) {
        return in.readPresence() ? in.readLong() : null;
    }

    private static void writeNullable(Instant time, AvroWriter out) {
        if (out.writePresence(time)) {
            out.writeMicros(time);
        }
    }

    private static Instant readNullableMicros(AvroReader in) {
        return in.readPresence() ? in.readMicros() : null;
    }
}
