package io.tailrace.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.server.http.RawClient;
import io.tailrace.server.http.RawClient.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checks before an operation come in the service's order, and every answer has the service's headers and form. */
final class ApiHandlerTest {
    private static final String SERVICE = "com.amazon.coral.service#";

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

    private static void assertEnvelope(Response response) {
        assertThat(response.header("x-amzn-requestid")).matches("[0-9A-Z]{52}");
        CRC32 crc = new CRC32();
        crc.update(response.body());
        assertThat(response.header("x-amz-crc32")).isEqualTo(Long.toString(crc.getValue()));
    }

    private static void assertError(Response response, String type, String body) {
        assertEnvelope(response);
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).isEqualTo("{\"__type\":\"" + type + "\"," + body + "}");
    }

    private static Map<String, String> without(String header) {
        Map<String, String> changes = new HashMap<>();
        changes.put(header, null);
        return changes;
    }

    @Test
    void answersAsTheSdksExpect() throws IOException {
        Response response = api.call("ListTables", "{}");
        assertEnvelope(response);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("{\"TableNames\":[]}");
        assertThat(response.header("content-type")).isEqualTo("application/x-amz-json-1.0");
        assertThat(response.header("connection")).isEqualTo("keep-alive");
        assertThat(response.header("date")).isNotEmpty();
    }

    @Test
    void answersInTheTypeOfTheRequest() throws IOException {
        Response response = api.call("ListTables", "{}", Map.of("Content-Type", "application/json; charset=utf-8"));
        assertThat(response.header("content-type")).isEqualTo("application/json");
    }

    @Test
    void requestIdsAreUnique() throws IOException {
        Set<String> seen = new HashSet<>();
        try (RawClient client = api.connect()) {
            for (int i = 0; i < 200; i++) {
                client.send(ApiFixture.request("ListTables", new byte[] {'{', '}'}, Map.of()));
                assertThat(seen.add(client.receive().header("x-amzn-requestid")))
                        .isTrue();
            }
        }
    }

    @Test
    void saysThatItIsHealthy() throws IOException {
        try (RawClient client = api.connect()) {
            Response response = client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n").receive();
            assertEnvelope(response);
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.text()).isEqualTo("healthy: dynamodb.us-east-1.amazonaws.com ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "OPTIONS", "PATCH", "BREW"})
    void onlyPostCallsOperations(String method) throws IOException {
        try (RawClient client = api.connect()) {
            Response response =
                    client.send(method + " / HTTP/1.1\r\nHost: x\r\n\r\n").receive();
            assertEnvelope(response);
            assertThat(response.status()).isEqualTo(404);
            assertThat(response.text()).isEqualTo("<UnknownOperationException/>\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text/plain", "application/x-amz-json-1.1", "application/jsonasdf"})
    void otherContentTypesAreNotFound(String contentType) throws IOException {
        Response response = api.call("ListTables", "{}", Map.of("Content-Type", contentType));
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.text()).isEqualTo("<UnknownOperationException/>\n");
    }

    @Test
    void aRequestWithoutSignatureIsRefused() throws IOException {
        assertError(
                api.call("ListTables", "{}", without("Authorization")),
                SERVICE + "MissingAuthenticationTokenException",
                "\"message\":\"Request is missing Authentication Token\"");
        assertError(
                api.call("ListTables", "{}", Map.of("Authorization", "Bearer x")),
                SERVICE + "MissingAuthenticationTokenException",
                "\"message\":\"Request is missing Authentication Token\"");
    }

    @Test
    void anIncompleteSignatureIsRefused() throws IOException {
        Map<String, String> changes = without("X-Amz-Date");
        changes.put("Authorization", "AWS4-");
        assertError(
                api.call("ListTables", "{}", changes),
                SERVICE + "IncompleteSignatureException",
                "\"message\":\"Authorization header requires 'Credential' parameter. Authorization header requires "
                        + "'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization "
                        + "header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=AWS4-\"");
        assertError(
                api.call("ListTables", "{}", Map.of("Authorization", "AWS4- Signature=b,Credential=a")),
                SERVICE + "IncompleteSignatureException",
                "\"message\":\"Authorization header requires 'SignedHeaders' parameter. Authorization=AWS4- "
                        + "Signature=b,Credential=a\"");
        assertError(
                api.call(
                        "ListTables",
                        "{}",
                        Map.of("Authorization", "AWS4-HMAC-SHA25 Credential=a, SignedHeaders=b, Signature=c")),
                SERVICE + "IncompleteSignatureException",
                "\"message\":\"Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA25' (only AWS4-HMAC-SHA256 for now). \"");
        assertError(
                api.call(
                        "ListTables",
                        "{}",
                        Map.of("Authorization", "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=b, Signature=c")),
                SERVICE + "IncompleteSignatureException",
                "\"message\":\"Credential must have exactly 5 slash-delimited elements, e.g. "
                        + "keyid/date/region/service/term, got 'a/b'\"");
    }

    @Test
    void aSignatureForElsewhereIsRefused() throws IOException {
        assertError(
                api.call(
                        "ListTables",
                        "{}",
                        Map.of("Authorization", ApiFixture.AUTHORIZATION.replace("us-east-1", "eu-west-1"))),
                SERVICE + "InvalidSignatureException",
                "\"message\":\"Credential should be scoped to a valid region, not 'eu-west-1'. This server hosts "
                        + "'us-east-1' only. \"");
        assertThat(api.call(
                                "ListTables",
                                "{}",
                                Map.of("Authorization", ApiFixture.AUTHORIZATION.replace("/dynamodb/", "/s3/")))
                        .text())
                .contains("Credential should be scoped to correct service: 'dynamodb'. ");
    }

    @Test
    void aSignatureMayStandInTheQuery() throws IOException {
        String query = "/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AK%2F20261121%2Fus-east-1%2Fdynamodb%2F"
                + "aws4_request&X-Amz-Signature=c&X-Amz-SignedHeaders=host&X-Amz-Date=20261121T000000Z";
        Map<String, String> changes = without("Authorization");
        changes.put(":path", query);
        assertThat(api.call("ListTables", "{}", changes).status()).isEqualTo(200);
        changes.put("Authorization", ApiFixture.AUTHORIZATION);
        assertThat(api.call("ListTables", "{}", changes).text()).contains("InvalidSignatureException");
        changes.put("Authorization", null);
        changes.put(":path", query.replace("&X-Amz-SignedHeaders=host", ""));
        assertThat(api.call("ListTables", "{}", changes).text())
                .contains("AWS query-string parameters must include 'X-Amz-SignedHeaders'. Re-examine");
    }

    @Test
    void unknownOperationsAreNamed() throws IOException {
        assertError(
                api.call("ListTable", "{}"),
                SERVICE + "UnknownOperationException",
                "\"message\":\"There is no operation DynamoDB_20120810.ListTable.\"");
        assertThat(api.call("", "{}", without("X-Amz-Target")).text()).contains("UnknownOperationException");
        assertThat(api.call("", "{}", Map.of("X-Amz-Target", "whatever")).text())
                .contains("There is no operation whatever.");
    }

    @Test
    void operationsThatComeLaterSaySo() throws IOException {
        for (String name : ApiOperations.LATER) {
            assertError(
                    api.call(name, "{}"),
                    SERVICE + "UnknownOperationException",
                    "\"message\":\"Tailrace does not support the operation " + name + " yet.\"");
        }
        assertThat(api.call("", "{}", Map.of("X-Amz-Target", "DynamoDBStreams_20120810.ListTables"))
                        .text())
                .contains("There is no operation DynamoDBStreams_20120810.ListTables.");
    }

    @Test
    void streamsHaveATargetOfTheirOwn() throws IOException {
        assertThat(api.call("", "{}", Map.of("X-Amz-Target", "DynamoDBStreams_20120810.ListStreams"))
                        .text())
                .isEqualTo("{\"Streams\":[]}");
        assertError(
                api.call(
                        "", "{\"ShardIterator\":\"x\"}", Map.of("X-Amz-Target", "DynamoDBStreams_20120810.GetRecords")),
                "com.amazon.coral.validate#ValidationException",
                "\"message\":\"Invalid ShardIterator\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hi",
                "}",
                "{",
                "{\"a\"",
                "{\"a\":}",
                "{}x",
                "{}{}",
                "\"a\":1",
                "{'a':1}",
                "{\"a\":1,}",
                "[",
                "NaN",
                "{7}"
            })
    void brokenJsonIsRefused(String body) throws IOException {
        Response response = api.call("ListTables", body);
        assertEnvelope(response);
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).startsWith("{\"__type\":\"" + SERVICE + "SerializationException\"");
    }

    @Test
    void brokenJsonIsSeenBeforeTargetAndSignature() throws IOException {
        assertThat(api.call("ListTable", "hi").text()).contains("SerializationException");
        assertThat(api.call("ListTables", "hi", without("Authorization")).text())
                .contains("SerializationException");
        assertThat(api.call("ListTable", "").text()).contains("UnknownOperationException");
        assertThat(api.call("ListTable", "{}", without("Authorization")).text()).contains("UnknownOperationException");
        assertThat(api.call("ListTables", "{\"Limit\":\"x\"}", without("Authorization"))
                        .text())
                .contains("MissingAuthenticationTokenException");
    }

    @Test
    void whateverIsNotUtf8IsRefused() throws IOException {
        byte[] body = "{\"ExclusiveStartTableName\":\"abc\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(api.call("ListTables", body, Map.of()).text())
                .contains("SerializationException")
                .contains("not valid JSON in UTF-8");
        byte[] utf16 = "{}".getBytes(StandardCharsets.UTF_16LE);
        assertThat(api.call("ListTables", utf16, Map.of()).text()).contains("SerializationException");
    }

    @Test
    void deepNestingIsRefusedAndHarmless() throws IOException {
        String deep = "{\"Item\":" + "{\"a\":".repeat(200_000) + "1" + "}".repeat(200_000) + "}";
        assertThat(api.call("PutItem", deep).status()).isEqualTo(400);
        assertThat(api.call("ListTables", deep).status()).isEqualTo(400);
        assertThat(api.call("ListTables", "{}").status()).isEqualTo(200);
    }

    @Test
    void unknownMembersAreIgnoredAndNullIsAbsent() throws IOException {
        assertThat(api.call("ListTables", "{\"Nonsense\":{\"a\":[1,2]},\"Limit\":null}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void packedRequestsAreUnpacked() throws IOException {
        byte[] packed = gzip("{}".getBytes(StandardCharsets.UTF_8));
        assertThat(api.call("ListTables", packed, Map.of("Content-Encoding", "gzip"))
                        .status())
                .isEqualTo(200);
        assertThat(api.call("ListTables", "{}", Map.of("Content-Encoding", "gzip"))
                        .text())
                .contains("not valid gzip");
    }

    @Test
    void aSmallRequestThatUnpacksToALargeOneIsRefused() throws IOException {
        byte[] bomb = gzip(new byte[64 * 1024 * 1024]);
        assertThat(bomb.length).isLessThan(ApiFixture.MAX_BODY_BYTES);
        Response response = api.call("ListTables", bomb, Map.of("Content-Encoding", "gzip"));
        assertThat(response.status()).isEqualTo(413);
        assertThat(response.text()).contains("RequestEntityTooLargeException");
    }

    @Test
    void largeAnswersArePackedForThoseWhoAccept() throws IOException {
        for (int i = 0; i < 60; i++) {
            String name = "table-with-a-rather-long-name-so-that-the-list-gets-long-".repeat(3) + i;
            assertThat(api.call("CreateTable", createTable(name)).status()).isEqualTo(200);
        }
        Response plain = api.call("ListTables", "{}");
        Response packed = api.call("ListTables", "{}", Map.of("Accept-Encoding", "deflate, gzip"));
        assertEnvelope(packed);
        assertThat(packed.header("content-encoding")).isEqualTo("gzip");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
                .isEqualTo(plain.body());
        assertThat(api.call("ListTables", "{}", Map.of("Accept-Encoding", "gzip;q=0"))
                        .header("content-encoding"))
                .isEmpty();
    }

    private static String createTable(String name) {
        return "{\"TableName\":\"" + name + "\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":["
                + "{\"AttributeName\":\"k\",\"AttributeType\":\"S\"}],\"KeySchema\":["
                + "{\"AttributeName\":\"k\",\"KeyType\":\"HASH\"}]}";
    }

    @Test
    void requestsAreMeasured() throws IOException {
        api.call("DescribeTable", "{\"TableName\":\"no-such-table\"}");
        assertThat(api.meters()
                        .get("tailrace.api.requests")
                        .tags("operation", "DescribeTable", "outcome", "ResourceNotFoundException")
                        .timer()
                        .count())
                .isPositive();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }
}
