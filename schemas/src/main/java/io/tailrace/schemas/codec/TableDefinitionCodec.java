package io.tailrace.schemas.codec;

import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.BillingMode;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.IndexStatus;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.KeySchema;
import io.tailrace.schemas.model.Projection;
import io.tailrace.schemas.model.ProvisionedThroughput;
import io.tailrace.schemas.model.StreamDefinition;
import io.tailrace.schemas.model.StreamViewType;
import io.tailrace.schemas.model.TableDefinition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * {@code TableDefinition.avsc}. Enums are in the order of their schema, so a symbol's index is the constant's ordinal.
 *
 * <p>The journal and the state hold definitions without saying of which version they are. So new fields are added at the end
 * only, where nothing follows: a definition that ends early is an older one, and has the defaults.
 */
public final class TableDefinitionCodec {
    private static final AttributeType[] KEY_TYPES = {AttributeType.S, AttributeType.N, AttributeType.B};
    private static final Projection.Type[] PROJECTION_TYPES = Projection.Type.values();
    private static final BillingMode[] BILLING_MODES = BillingMode.values();
    private static final IndexStatus[] INDEX_STATUSES = IndexStatus.values();
    private static final StreamViewType[] VIEW_TYPES = StreamViewType.values();

    private TableDefinitionCodec() {}

    public static byte[] encode(TableDefinition table) {
        AvroWriter out = new AvroWriter(256);
        write(table, out);
        return out.toByteArray();
    }

    /** @throws MalformedAvroException when these bytes are no table definition */
    public static TableDefinition decode(ByteBuffer encoded) {
        AvroReader in = new AvroReader(encoded);
        TableDefinition table = read(in);
        in.expectEnd();
        return table;
    }

    static void write(TableDefinition table, AvroWriter out) {
        out.writeLong(table.id());
        out.writeString(table.tableUuid());
        out.writeString(table.name());
        writeKey(table.key(), out);
        writeList(
                List.copyOf(table.attributeTypes().entrySet()),
                out,
                definition -> writeAttribute(definition.getKey(), definition.getValue(), out));
        writeList(table.localSecondaryIndexes(), out, index -> writeIndex(index, out));
        writeList(table.globalSecondaryIndexes(), out, index -> writeIndex(index, out));
        out.writeIndex(table.billingMode().ordinal());
        writeThroughput(table.provisionedThroughput(), out);
        StreamDefinition stream = table.stream();
        if (out.writePresence(stream)) {
            out.writeIndex(stream.viewType().ordinal());
            out.writeString(stream.label());
        }
        out.writeNullableString(table.ttlAttribute());
        out.writeBoolean(table.deletionProtection());
        writeStringMap(table.tags(), out);
        out.writeMicros(table.created());
        writeIndexStates(table.globalSecondaryIndexes(), out);
        TableDetailsCodec.writeNullable(table.details(), out);
    }

    static TableDefinition read(AvroReader in) {
        TableDefinition table = readFirstVersion(in);
        if (!in.isAtEnd()) {
            table = withIndexStates(table, readIndexStates(in));
        }
        return in.isAtEnd() ? table : table.withDetails(TableDetailsCodec.readNullable(in));
    }

    private static TableDefinition readFirstVersion(AvroReader in) {
        return new TableDefinition(
                in.readInt(),
                in.readString(),
                in.readString(),
                readKey(in),
                readAttributeTypes(in),
                readList(in, () -> readIndex(in)),
                readList(in, () -> readIndex(in)),
                in.readEnum(BILLING_MODES),
                readThroughput(in),
                in.readPresence() ? new StreamDefinition(in.readEnum(VIEW_TYPES), in.readString()) : null,
                in.readNullableString(),
                in.readBoolean(),
                readStringMap(in),
                in.readMicros());
    }

    static void writeStringMap(Map<String, String> values, AvroWriter out) {
        out.startBlock(values.size());
        for (Map.Entry<String, String> entry : values.entrySet()) {
            out.writeString(entry.getKey());
            out.writeString(entry.getValue());
        }
        out.endBlocks();
    }

    static Map<String, String> readStringMap(AvroReader in) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int count = in.readBlock(); count > 0; count = in.readBlock()) {
            for (int i = 0; i < count; i++) {
                values.put(in.readString(), in.readString());
            }
        }
        return values;
    }

    private static void writeKey(KeySchema key, AvroWriter out) {
        writeList(key.partitionKey(), out, attribute -> writeAttribute(attribute.name(), attribute.type(), out));
        writeList(key.sortKey(), out, attribute -> writeAttribute(attribute.name(), attribute.type(), out));
    }

    private static KeySchema readKey(AvroReader in) {
        List<KeyAttribute> partitionKey = readList(in, () -> readKeyAttribute(in));
        List<KeyAttribute> sortKey = readList(in, () -> readKeyAttribute(in));
        if (partitionKey.isEmpty()) {
            throw new MalformedAvroException("a key schema without a partition key");
        }
        return new KeySchema(partitionKey, sortKey);
    }

    private static KeyAttribute readKeyAttribute(AvroReader in) {
        return new KeyAttribute(in.readString(), in.readEnum(KEY_TYPES));
    }

    private static void writeAttribute(String name, AttributeType type, AvroWriter out) {
        if (!type.isScalarKeyType()) {
            throw new IllegalArgumentException("attribute " + name + " is defined with type " + type);
        }
        out.writeString(name);
        out.writeIndex(type.ordinal());
    }

    private static Map<String, AttributeType> readAttributeTypes(AvroReader in) {
        Map<String, AttributeType> types = new LinkedHashMap<>();
        for (KeyAttribute attribute : readList(in, () -> readKeyAttribute(in))) {
            types.put(attribute.name(), attribute.type());
        }
        return types;
    }

    private static void writeIndex(IndexDefinition index, AvroWriter out) {
        out.writeLong(index.id());
        out.writeString(index.name());
        writeKey(index.key(), out);
        out.writeIndex(index.projection().type().ordinal());
        writeList(index.projection().nonKeyAttributes(), out, out::writeString);
        writeThroughput(index.provisionedThroughput(), out);
    }

    private static IndexDefinition readIndex(AvroReader in) {
        return new IndexDefinition(
                in.readInt(),
                in.readString(),
                readKey(in),
                new Projection(in.readEnum(PROJECTION_TYPES), readList(in, in::readString)),
                readThroughput(in));
    }

    private static void writeIndexStates(List<IndexDefinition> indexes, AvroWriter out) {
        List<IndexDefinition> inactive = indexes.stream()
                .filter(index -> index.status() != IndexStatus.ACTIVE)
                .toList();
        writeList(inactive, out, index -> {
            out.writeLong(index.id());
            out.writeIndex(index.status().ordinal());
        });
    }

    private static Map<Integer, IndexStatus> readIndexStates(AvroReader in) {
        Map<Integer, IndexStatus> states = new HashMap<>();
        for (int count = in.readBlock(); count > 0; count = in.readBlock()) {
            for (int i = 0; i < count; i++) {
                states.put(in.readInt(), in.readEnum(INDEX_STATUSES));
            }
        }
        return states;
    }

    private static TableDefinition withIndexStates(TableDefinition table, Map<Integer, IndexStatus> states) {
        return states.isEmpty()
                ? table
                : table.withGlobalSecondaryIndexes(table.globalSecondaryIndexes().stream()
                        .map(index -> index.withStatus(states.getOrDefault(index.id(), IndexStatus.ACTIVE)))
                        .toList());
    }

    private static void writeThroughput(ProvisionedThroughput throughput, AvroWriter out) {
        if (out.writePresence(throughput)) {
            out.writeLong(throughput.readCapacityUnits());
            out.writeLong(throughput.writeCapacityUnits());
        }
    }

    private static ProvisionedThroughput readThroughput(AvroReader in) {
        return in.readPresence() ? new ProvisionedThroughput(in.readLong(), in.readLong()) : null;
    }

    static <T> void writeList(List<T> elements, AvroWriter out, Consumer<T> element) {
        out.startBlock(elements.size());
        elements.forEach(element);
        out.endBlocks();
    }

    static <T> List<T> readList(AvroReader in, Supplier<T> element) {
        List<T> elements = new ArrayList<>();
        for (int count = in.readBlock(); count > 0; count = in.readBlock()) {
            for (int i = 0; i < count; i++) {
                elements.add(element.get());
            }
        }
        return elements;
    }
}
