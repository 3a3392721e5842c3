package io.tailrace.engine.operation;

import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.KeySchema;
import io.tailrace.schemas.model.Projection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the model's parts of tables and indexes out of those of requests that were checked. */
final class IndexDefinitions {
    private IndexDefinitions() {}

    static Map<String, AttributeType> types(List<AttributeDefinition> definitions) {
        Map<String, AttributeType> types = new LinkedHashMap<>();
        for (AttributeDefinition definition : definitions) {
            types.put(definition.attributeName(), AttributeType.valueOf(definition.attributeType()));
        }
        return types;
    }

    static KeySchema key(List<KeySchemaElement> elements, Map<String, AttributeType> types) {
        List<KeyAttribute> partitionKey = new ArrayList<>();
        List<KeyAttribute> sortKey = new ArrayList<>();
        for (KeySchemaElement element : elements) {
            KeyAttribute attribute = new KeyAttribute(element.attributeName(), types.get(element.attributeName()));
            (element.keyType().equals("HASH") ? partitionKey : sortKey).add(attribute);
        }
        return new KeySchema(partitionKey, sortKey);
    }

    static Projection projection(ProjectionSpecification projection) {
        return new Projection(
                Projection.Type.valueOf(projection.projectionType()),
                projection.nonKeyAttributes() == null ? List.of() : projection.nonKeyAttributes());
    }
}
