package io.tailrace.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.error.ErrorType;
import io.tailrace.schemas.model.IndexStatus;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** UpdateTable creates, changes and deletes global secondary indexes, and refuses in DynamoDB's words. */
class GlobalIndexUpdatesTest {
    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final String ALL = "'Projection': {'ProjectionType': 'ALL'}";
    private static final String G = "'KeySchema': [{'AttributeName': 'n', 'KeyType': 'HASH'}]";
    private static final String N_DEFINED = "'AttributeDefinitions': [{'AttributeName': 'n', 'AttributeType': 'N'}]";

    private final InMemoryEngine engine = new InMemoryEngine("eu-west-1");
    private final Api api = new Api(engine);

    @BeforeEach
    void createTable() {
        api.createTable(ItemOperationsKit.MUSIC);
    }

    @Test
    void theShapeOfAnUpdateIsChecked() {
        assertInvalid(INVALID + "List of GlobalSecondaryIndexUpdates is empty", update("", ""));
        assertInvalid(
                INVALID + "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
                        + "GlobalSecondaryIndexUpdate.Delete must not be null",
                update("", "{}"));
        assertInvalid(
                INVALID + "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object",
                update(
                        N_DEFINED,
                        "{'Delete': {'IndexName': 'byG'}, 'Create': {'IndexName': 'new', " + G + "," + ALL + "}}"));
        assertInvalid(
                INVALID + "Only one global secondary index update per index is allowed simultaneously. Index: byG",
                update("", "{'Delete': {'IndexName': 'byG'}}, {'Delete': {'IndexName': 'byG'}}"));
        assertInvalid(
                INVALID + "AttributeDefinitions is not specified for index: new",
                update("", "{'Create': {'IndexName': 'new', " + G + "," + ALL + "}}"));
        assertInvalid(
                "1 validation error detected: Value 'x' at 'globalSecondaryIndexUpdates.1.member.delete.indexName' "
                        + "failed to satisfy constraint: Member must have length greater than or equal to 3",
                update("", "{'Delete': {'IndexName': 'x'}}"));
    }

    @Test
    void aNewIndexIsCheckedAgainstTheTable() {
        assertInvalid("Attempting to create an index which already exists", create(N_DEFINED, "byG", G + "," + ALL));
        assertInvalid("Attempting to create an index which already exists", create(N_DEFINED, "byL", G + "," + ALL));
        assertInvalid(
                INVALID + "Some index key attributes are not defined in AttributeDefinitions. Keys: [p], "
                        + "AttributeDefinitions: [n]",
                create(N_DEFINED, "new", "'KeySchema': [{'AttributeName': 'p', 'KeyType': 'HASH'}], " + ALL));
        assertInvalid(
                "Invalid KeySchema: Some index key attribute have no definition",
                create(
                        N_DEFINED,
                        "new",
                        "'KeySchema': [{'AttributeName': 'n', 'KeyType': 'HASH'},"
                                + "{'AttributeName': 'o', 'KeyType': 'RANGE'}], " + ALL));
        assertInvalid(
                INVALID + "ProvisionedThroughput should not be specified for index: new when BillingMode is "
                        + "PAY_PER_REQUEST",
                create(
                        N_DEFINED,
                        "new",
                        G + "," + ALL
                                + ", 'ProvisionedThroughput': {'ReadCapacityUnits': 1, 'WriteCapacityUnits': 1}"));
        assertInvalid(
                INVALID + "ProjectionType is ALL, but NonKeyAttributes is specified",
                create(N_DEFINED, "new", G + ", 'Projection': {'ProjectionType': 'ALL', 'NonKeyAttributes': ['x']}"));
        assertInvalid(
                INVALID + "Number of NonKeyAttributes of all indexes exceeds per-table limit of 100", manyProjected());
    }

    private static String manyProjected() {
        String attributes =
                IntStream.rangeClosed(1, 20).mapToObj(i -> "'x" + i + "'").collect(Collectors.joining(","));
        return create(
                        N_DEFINED,
                        "new",
                        G + ", 'Projection': {'ProjectionType': 'INCLUDE', 'NonKeyAttributes': [" + attributes + "]}")
                .replace("'TableName': 'Music'", "'TableName': 'Wide'");
    }

    @BeforeEach
    void createWideTable() {
        String indexes = IntStream.rangeClosed(1, 5)
                .mapToObj(
                        i -> "{'IndexName': 'wide" + i + "', 'KeySchema': [{'AttributeName': 'p', 'KeyType': 'HASH'}],"
                                + "'Projection': {'ProjectionType': 'INCLUDE', 'NonKeyAttributes': ["
                                + IntStream.rangeClosed(1, 19)
                                        .mapToObj(a -> "'a" + a + "'")
                                        .collect(Collectors.joining(","))
                                + "]}}")
                .collect(Collectors.joining(","));
        api.createTable("{'TableName': 'Wide', 'AttributeDefinitions': [{'AttributeName': 'p', 'AttributeType': 'S'}],"
                + "'KeySchema': [{'AttributeName': 'p', 'KeyType': 'HASH'}], 'BillingMode': 'PAY_PER_REQUEST',"
                + "'GlobalSecondaryIndexes': [" + indexes + "]}");
    }

    @Test
    void oneIndexAtATime() {
        Api.assertRefused(
                ErrorType.LIMIT_EXCEEDED,
                "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table",
                () -> api.updateTable(update(
                        N_DEFINED,
                        "{'Delete': {'IndexName': 'byG'}}, {'Create': {'IndexName': 'new', " + G + "," + ALL + "}}")));
        assertInvalid(
                "You cannot create or delete index while changing stream status",
                update("'StreamSpecification': {'StreamEnabled': false}", "{'Delete': {'IndexName': 'byG'}}"));
        assertInvalid(
                INVALID + "DeletionProtection modification must be the only operation in the request",
                update("'DeletionProtectionEnabled': true", "{'Delete': {'IndexName': 'byG'}}"));
        Api.assertRefused(
                ErrorType.RESOURCE_NOT_FOUND,
                "Requested resource not found",
                () -> api.updateTable(update("", "{'Delete': {'IndexName': 'nope'}}")));
        assertInvalid(
                "Cannot delete an index that is not a GlobalSecondaryIndex: byL",
                update("", "{'Delete': {'IndexName': 'byL'}}"));
    }

    @Test
    void twentyIndexesAreTheLimit() {
        String indexes = IntStream.rangeClosed(1, 20)
                .mapToObj(i -> "{'IndexName': 'index" + i
                        + "', 'KeySchema': [{'AttributeName': 'p', 'KeyType': 'HASH'}], " + ALL + "}")
                .collect(Collectors.joining(","));
        api.createTable("{'TableName': 'Full', 'AttributeDefinitions': [{'AttributeName': 'p', 'AttributeType': 'S'}],"
                + "'KeySchema': [{'AttributeName': 'p', 'KeyType': 'HASH'}], 'BillingMode': 'PAY_PER_REQUEST',"
                + "'GlobalSecondaryIndexes': [" + indexes + "]}");
        Api.assertRefused(
                ErrorType.LIMIT_EXCEEDED,
                INVALID + "GlobalSecondaryIndex count exceeds the per-table limit of 20",
                () -> api.updateTable(create(N_DEFINED, "new", G + "," + ALL).replace("'Music'", "'Full'")));
    }

    @Test
    void aNewIndexDefinesItsAttributes() {
        String definitions = "'AttributeDefinitions': [{'AttributeName': 'n', 'AttributeType': 'N'},"
                + "{'AttributeName': 'p', 'AttributeType': 'S'}, {'AttributeName': 'unused', 'AttributeType': 'S'}]";
        String key = "'KeySchema': [{'AttributeName': 'n', 'KeyType': 'HASH'},"
                + "{'AttributeName': 'p', 'KeyType': 'HASH'}, {'AttributeName': 's', 'KeyType': 'RANGE'}]";
        TableDescription table = api.updateTable(create(
                        definitions.replace("'unused', 'AttributeType': 'S'", "'s', 'AttributeType': 'N'"),
                        "new",
                        key + "," + ALL))
                .tableDescription();
        assertThat(table.attributeDefinitions())
                .contains(new AttributeDefinition("n", "N"), new AttributeDefinition("p", "S"))
                .hasSize(5);
        GlobalSecondaryIndexDescription index = table.globalSecondaryIndexes().get(1);
        assertThat(index.indexStatus()).isEqualTo("CREATING");
        assertThat(index.keySchema()).hasSize(3);
        assertThat(engine.table("Music")
                        .orElseThrow()
                        .globalSecondaryIndex("new")
                        .orElseThrow()
                        .status())
                .isEqualTo(IndexStatus.BACKFILLING);
    }

    @Test
    void anAttributeOfAnotherKeyKeepsItsType() {
        String text = INVALID + "Attributes cannot be redefined. Please check that your attribute has the same type as "
                + "previously defined. Existing schema: Schema:[";
        assertInvalid(
                text + "SchemaElement: key{g:S:HASH}] New schema: Schema:[SchemaElement: key{g:N:HASH}]",
                create(N_DEFINED.replace("'n'", "'g'"), "new", G.replace("'n'", "'g'") + "," + ALL));
        assertInvalid(
                text + "SchemaElement: key{p:S:HASH}, SchemaElement: key{s:N:RANGE}] "
                        + "New schema: Schema:[SchemaElement: key{p:N:HASH}]",
                create(N_DEFINED.replace("'n'", "'p'"), "new", G.replace("'n'", "'p'") + "," + ALL));
    }

    @Test
    void throughputOfOneIndexIsUpdated() {
        String units = "'ProvisionedThroughput': {'ReadCapacityUnits': 2, 'WriteCapacityUnits': 2}";
        api.updateTable(
                update("'BillingMode': 'PROVISIONED', " + units, "{'Update': {'IndexName': 'byG', " + units + "}}"));
        String more = units.replace("2", "3");
        TableDescription table = api.updateTable(update("", "{'Update': {'IndexName': 'byG', " + more + "}}"))
                .tableDescription();
        assertThat(table.globalSecondaryIndexes().get(0).indexStatus()).isEqualTo("UPDATING");
        assertThat(table.globalSecondaryIndexes().get(0).provisionedThroughput().readCapacityUnits())
                .isEqualTo(3);
        assertInvalid(
                "Cannot update an index that is not a GlobalSecondaryIndex: byL",
                update("", "{'Update': {'IndexName': 'byL', " + more + "}}"));
        assertInvalid(
                INVALID + "ProvisionedThroughput must be specified for index: new",
                create(N_DEFINED, "new", G + "," + ALL));
        assertInvalid(
                "You cannot create or delete index while updating table IOPS",
                update(more, "{'Delete': {'IndexName': 'byG'}}"));
    }

    @Test
    void keysOfSeveralAttributesAreChecked() {
        String definitions = "'AttributeDefinitions': ["
                + IntStream.rangeClosed(1, 5)
                        .mapToObj(i -> "{'AttributeName': 'k" + i + "', 'AttributeType': 'S'}")
                        .collect(Collectors.joining(","))
                + "]";
        assertInvalid(
                INVALID + "The KeySchema exceeds the maximum allowed number of HASH key attributes",
                create(definitions, "new", key("HASH", "HASH", "HASH", "HASH", "HASH") + "," + ALL));
        assertInvalid(
                INVALID + "The KeySchema exceeds the maximum allowed number of RANGE key attributes",
                create(
                        definitions.replace("]", ", {'AttributeName': 'k6', 'AttributeType': 'S'}]"),
                        "new",
                        key("HASH", "RANGE", "RANGE", "RANGE", "RANGE", "RANGE") + "," + ALL));
        assertInvalid(
                INVALID + "All HASH key attributes must precede RANGE key attributes in the KeySchema",
                create(definitions, "new", key("HASH", "RANGE", "HASH") + "," + ALL));
        assertInvalid(
                "The KeySchema contains multiple key attributes with the same name",
                create(definitions, "new", key("HASH", "HASH", "RANGE").replace("k3", "k1") + "," + ALL));
        api.updateTable(create(definitions, "new", key("HASH", "HASH", "HASH", "HASH", "RANGE") + "," + ALL));
    }

    private static String key(String... types) {
        return "'KeySchema': ["
                + IntStream.rangeClosed(1, types.length)
                        .mapToObj(i -> "{'AttributeName': 'k" + i + "', 'KeyType': '" + types[i - 1] + "'}")
                        .collect(Collectors.joining(","))
                + "]";
    }

    private static String create(String members, String name, String index) {
        return update(members, "{'Create': {'IndexName': '" + name + "', " + index + "}}");
    }

    private static String update(String members, String updates) {
        return "{'TableName': 'Music', " + members + (members.isEmpty() ? "" : ", ")
                + "'GlobalSecondaryIndexUpdates': [" + updates + "]}";
    }

    private void assertInvalid(String message, String json) {
        Api.assertInvalid(message, () -> api.updateTable(json));
    }
}
