package io.tailrace.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.server.http.RawClient.Response;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A member of another JSON type than the API's is refused in the words of the service's deserializer. */
final class TypeErrorsTest {
    private static final String GENERIC =
            "class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast to class java.lang.Class "
                    + "(sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and java.lang.Class are in module "
                    + "java.base of loader 'bootstrap')";

    @TempDir
    private static Path folder;

    private static ApiFixture api;

    @BeforeAll
    static void start() throws IOException {
        api = new ApiFixture(folder);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                // String
                "DescribeTable; {\"TableName\":23}; NUMBER_VALUE cannot be converted to String",
                "DescribeTable; {\"TableName\":34.56}; DECIMAL_VALUE cannot be converted to String",
                "DescribeTable; {\"TableName\":true}; TRUE_VALUE cannot be converted to String",
                "DescribeTable; {\"TableName\":false}; FALSE_VALUE cannot be converted to String",
                "DescribeTable; {\"TableName\":[]}; Unrecognized collection type class java.lang.String",
                "DescribeTable; {\"TableName\":{}}; Start of structure or map found where not expected",
                // Integer and Long
                "ListTables; {\"Limit\":\"23\"}; STRING_VALUE cannot be converted to Integer",
                "ListTables; {\"Limit\":true}; TRUE_VALUE cannot be converted to Integer",
                "ListTables; {\"Limit\":[]}; Unrecognized collection type class java.lang.Integer",
                "ListTables; {\"Limit\":{}}; Start of structure or map found where not expected",
                "CreateTable; {\"ProvisionedThroughput\":{\"ReadCapacityUnits\":\"1\"}}; "
                        + "STRING_VALUE cannot be converted to Long",
                // Boolean
                "GetItem; {\"ConsistentRead\":\"x\"}; Unexpected token received from parser",
                "GetItem; {\"ConsistentRead\":23}; NUMBER_VALUE cannot be converted to Boolean",
                "GetItem; {\"ConsistentRead\":[]}; Unrecognized collection type class java.lang.Boolean",
                "GetItem; {\"ConsistentRead\":{}}; Start of structure or map found where not expected",
                // List
                "GetItem; {\"AttributesToGet\":\"x\"}; Unexpected field type",
                "GetItem; {\"AttributesToGet\":{}}; Start of structure or map found where not expected",
                "GetItem; {\"AttributesToGet\":[1]}; NUMBER_VALUE cannot be converted to String",
                // Map
                "GetItem; {\"ExpressionAttributeNames\":1}; Unexpected field type",
                "GetItem; {\"ExpressionAttributeNames\":[]}; "
                        + "Unrecognized collection type java.util.Map<java.lang.String, java.lang.String>",
                "GetItem; {\"ExpressionAttributeNames\":{\"#a\":1}}; NUMBER_VALUE cannot be converted to String",
                // Structures
                "CreateTable; {\"ProvisionedThroughput\":1}; Unexpected field type",
                "CreateTable; {\"ProvisionedThroughput\":[]}; Unrecognized collection type class "
                        + "com.amazonaws.dynamodb.v20120810.ProvisionedThroughput",
                "CreateTable; {\"KeySchema\":[1]}; Unexpected value type in payload",
                "CreateTable; {\"KeySchema\":[[]]}; Unrecognized collection type class "
                        + "com.amazonaws.dynamodb.v20120810.KeySchemaElement",
                // Attribute values
                "PutItem; {\"Item\":1}; Unexpected field type",
                "PutItem; {\"Item\":[]}; Unrecognized collection type "
                        + "java.util.Map<java.lang.String, com.amazonaws.dynamodb.v20120810.AttributeValue>",
                "PutItem; {\"Item\":{\"a\":1}}; Unexpected value type in payload",
                "PutItem; {\"Item\":{\"a\":[]}}; Unrecognized collection type class "
                        + "com.amazonaws.dynamodb.v20120810.AttributeValue",
                "PutItem; {\"Item\":{\"a\":{\"S\":1}}}; NUMBER_VALUE cannot be converted to String",
                "PutItem; {\"Item\":{\"a\":{\"N\":1}}}; NUMBER_VALUE cannot be converted to String",
                "PutItem; {\"Item\":{\"a\":{\"B\":1}}}; only base-64-encoded strings are convertible to bytes",
                "PutItem; {\"Item\":{\"a\":{\"B\":\"23456\"}}}; "
                        + "Base64 encoded length is expected a multiple of 4 bytes but found: 5",
                "PutItem; {\"Item\":{\"a\":{\"L\":{}}}}; Start of structure or map found where not expected",
                "PutItem; {\"Item\":{\"a\":{\"M\":{\"b\":1}}}}; Unexpected value type in payload",
                // Whole requests
                "ListTables; []; Start of structure or map found where not expected",
                "ListTables; 7; Start of structure or map found where not expected",
            })
    void wrongTypesAreNamed(String operation, String body, String message) throws IOException {
        assertSerializationError(api.call(operation, body), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "BatchWriteItem; {\"RequestItems\":{\"t\":1}}",
                "BatchGetItem; {\"RequestItems\":{\"t\":{\"Keys\":[1]}}}"
            })
    void genericTypesInCollectionsAreNamed(String operation, String body) throws IOException {
        assertSerializationError(api.call(operation, body), GENERIC);
    }

    private static void assertSerializationError(Response response, String message) {
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text())
                .isEqualTo("{\"__type\":\"com.amazon.coral.service#SerializationException\",\"Message\":\"" + message
                        + "\"}");
    }
}
