package io.tailrace.server.crash;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.stream.StreamFormat;
import io.tailrace.schemas.stream.StreamTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A table of the workload: partition key {@code pk}, perhaps a sort key {@code sk}. All attributes that any index needs are
 * defined alike: {@code l} sorts local indexes, {@code g} is a global index's partition key.
 *
 * @param localIndex the projection of the index {@code by_l}; null without it
 * @param globalIndex the projection of the index {@code by_g}; null without it
 * @param view of the table's stream; null without it
 * @param format of the stream's topic
 * @param partitions how many partition keys are used
 * @param sortKeys how many sort keys of each; 0 for a table without sort key
 */
record TableSpec(
        String name,
        String localIndex,
        String globalIndex,
        String view,
        StreamFormat format,
        int partitions,
        int sortKeys) {
    static final String LOCAL_INDEX = "by_l";
    static final String GLOBAL_INDEX = "by_g";

    boolean sorted() {
        return sortKeys > 0;
    }

    /** All keys that the workload uses. */
    List<Slot> slots() {
        List<Slot> slots = new ArrayList<>();
        for (int p = 0; p < partitions; p++) {
            for (int s = 0; s < Math.max(sortKeys, 1); s++) {
                Item.Builder key = Item.builder().set("pk", "p" + p);
                slots.add(new Slot(this, (sorted() ? key.set("sk", s) : key).build()));
            }
        }
        return slots;
    }

    ObjectNode createRequest() {
        ObjectNode request = ApiClient.JSON.createObjectNode();
        request.put("TableName", name).put("BillingMode", "PAY_PER_REQUEST");
        ArrayNode definitions = request.putArray("AttributeDefinitions");
        define(definitions, "pk", "S");
        ArrayNode key = request.putArray("KeySchema");
        keyPart(key, "pk", "HASH");
        if (sorted()) {
            define(definitions, "sk", "N");
            keyPart(key, "sk", "RANGE");
        }
        if (localIndex != null) {
            define(definitions, "l", "S");
            ObjectNode index = request.putArray("LocalSecondaryIndexes").addObject();
            index.put("IndexName", LOCAL_INDEX).putObject("Projection").put("ProjectionType", localIndex);
            ArrayNode indexKey = index.putArray("KeySchema");
            keyPart(indexKey, "pk", "HASH");
            keyPart(indexKey, "l", "RANGE");
        }
        if (globalIndex != null) {
            define(definitions, "g", "S");
            fillGlobalIndex(request.putArray("GlobalSecondaryIndexes").addObject(), globalIndex);
        }
        if (view != null) {
            request.putObject("StreamSpecification").put("StreamEnabled", true).put("StreamViewType", view);
        }
        if (format != StreamFormat.AVRO) {
            request.putArray("Tags")
                    .addObject()
                    .put("Key", StreamTag.FORMAT.key())
                    .put("Value", format.name().toLowerCase(Locale.ROOT));
        }
        return request;
    }

    static void fillGlobalIndex(ObjectNode index, String projection) {
        index.put("IndexName", GLOBAL_INDEX).putObject("Projection").put("ProjectionType", projection);
        keyPart(index.putArray("KeySchema"), "g", "HASH");
    }

    static void define(ArrayNode definitions, String name, String type) {
        definitions.addObject().put("AttributeName", name).put("AttributeType", type);
    }

    private static void keyPart(ArrayNode schema, String name, String type) {
        schema.addObject().put("AttributeName", name).put("KeyType", type);
    }
}
