package io.tailrace.engine.operation;

import io.tailrace.engine.limits.Limits;
import java.util.List;

/** The model's constraints on the members of CreateTable, in the order in which DynamoDB reports them. */
final class CreateTableConstraints {
    private static final int MAX_TABLE_KEY_ELEMENTS = 2;
    private static final int MAX_GLOBAL_INDEX_KEY_ELEMENTS = 2 * Limits.MAX_INDEX_KEY_PARTS;

    private final Constraints constraints;

    private CreateTableConstraints(Constraints constraints) {
        this.constraints = constraints;
    }

    static void verify(CreateTableRequest request, TableReference table) {
        CreateTableConstraints checks = new CreateTableConstraints(new Constraints());
        checks.attributeDefinitions(request.attributeDefinitions());
        checks.constraints.namePattern("tableName", table.name());
        checks.constraints.oneOf("billingMode", request.billingMode(), Choices.BILLING_MODE);
        TableSettings.checkConstraints(checks.constraints, "provisionedThroughput", request.provisionedThroughput());
        checks.keySchema("keySchema", request.keySchema(), MAX_TABLE_KEY_ELEMENTS);
        checks.localIndexes(request.localSecondaryIndexes());
        checks.globalIndexes(request.globalSecondaryIndexes());
        TableSettings.checkConstraints(checks.constraints, request.streamSpecification());
        checks.sse(request.sseSpecification());
        checks.constraints.oneOf("tableClass", request.tableClass(), Choices.TABLE_CLASS);
        checks.constraints.verify();
    }

    private void attributeDefinitions(List<AttributeDefinition> definitions) {
        constraints.required("attributeDefinitions", definitions);
        if (definitions == null) {
            return;
        }
        int position = 1;
        for (AttributeDefinition definition : definitions) {
            String path = "attributeDefinitions." + position++ + ".member.";
            attributeName(path + "attributeName", definition.attributeName());
            constraints.required(path + "attributeType", definition.attributeType());
            constraints.oneOf(path + "attributeType", definition.attributeType(), Choices.ATTRIBUTE_TYPE);
        }
    }

    private void attributeName(String path, String name) {
        constraints
                .required(path, name)
                .lengthAtLeast(path, name, 1)
                .lengthAtMost(path, name, Limits.MAX_KEY_ATTRIBUTE_NAME_LENGTH);
    }

    private void keySchema(String path, List<KeySchemaElement> elements, int maximum) {
        constraints.required(path, elements).lengthAtLeast(path, elements, 1).lengthAtMost(path, elements, maximum);
        if (elements == null) {
            return;
        }
        int position = 1;
        for (KeySchemaElement element : elements) {
            String elementPath = path + "." + position++ + ".member.";
            attributeName(elementPath + "attributeName", element.attributeName());
            constraints.required(elementPath + "keyType", element.keyType());
            constraints.oneOf(elementPath + "keyType", element.keyType(), Choices.KEY_TYPE);
        }
    }

    private void projection(String path, ProjectionSpecification projection) {
        constraints.required(path, projection);
        if (projection == null) {
            return;
        }
        constraints.oneOf(path + ".projectionType", projection.projectionType(), Choices.PROJECTION_TYPE);
        constraints
                .lengthAtLeast(path + ".nonKeyAttributes", projection.nonKeyAttributes(), 1)
                .lengthAtMost(path + ".nonKeyAttributes", projection.nonKeyAttributes(), Limits.MAX_NON_KEY_ATTRIBUTES);
    }

    private void indexName(String path, String name) {
        constraints.required(path, name).name(path, name);
    }

    private void localIndexes(List<LocalSecondaryIndex> indexes) {
        if (indexes == null) {
            return;
        }
        int position = 1;
        for (LocalSecondaryIndex index : indexes) {
            String path = "localSecondaryIndexes." + position++ + ".member.";
            projection(path + "projection", index.projection());
            indexName(path + "indexName", index.indexName());
            keySchema(path + "keySchema", index.keySchema(), MAX_TABLE_KEY_ELEMENTS);
        }
    }

    private void globalIndexes(List<GlobalSecondaryIndex> indexes) {
        if (indexes == null) {
            return;
        }
        int position = 1;
        for (GlobalSecondaryIndex index : indexes) {
            globalIndex("globalSecondaryIndexes." + position++ + ".member.", index);
        }
    }

    /** Those of one index that UpdateTable creates. */
    static void globalIndex(Constraints constraints, String path, GlobalSecondaryIndex index) {
        new CreateTableConstraints(constraints).globalIndex(path, index);
    }

    /** Those of the definitions that UpdateTable needs for a new index. */
    static void definitions(Constraints constraints, List<AttributeDefinition> definitions) {
        if (definitions != null) {
            new CreateTableConstraints(constraints).attributeDefinitions(definitions);
        }
    }

    private void globalIndex(String path, GlobalSecondaryIndex index) {
        projection(path + "projection", index.projection());
        indexName(path + "indexName", index.indexName());
        TableSettings.checkConstraints(constraints, path + "provisionedThroughput", index.provisionedThroughput());
        keySchema(path + "keySchema", index.keySchema(), MAX_GLOBAL_INDEX_KEY_ELEMENTS);
    }

    private void sse(SseSpecification sse) {
        if (sse != null) {
            constraints.oneOf("sSESpecification.sSEType", sse.sseType(), Choices.SSE_TYPE);
        }
    }
}
