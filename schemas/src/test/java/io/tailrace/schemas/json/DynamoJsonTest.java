package io.tailrace.schemas.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tailrace.schemas.ItemArbitraries;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.EventName;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.StreamRecord;
import io.tailrace.schemas.model.StreamViewType;
import io.tailrace.schemas.model.UserIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What is written as DynamoDB JSON is read back as the same value, and all of DynamoDB's forms are understood. */
class DynamoJsonTest {
    private final JsonFactory json = DynamoJson.newFactory();

    @Property(tries = 500)
    void itemsComeBack(@ForAll("items") Item item) throws IOException {
        byte[] text = write(out -> DynamoJson.writeItem(out, item));
        try (JsonParser parser = json.createParser(text)) {
            Item read = DynamoJson.readItem(parser);
            assertThat(read).isEqualTo(item);
            assertThat(read.names()).containsExactlyElementsOf(item.names());
            assertThat(parser.currentToken()).isEqualTo(JsonToken.END_OBJECT);
            assertThat(parser.nextToken()).isNull();
        }
    }

    @Property(tries = 500)
    void valuesComeBack(@ForAll("values") AttributeValue value) throws IOException {
        byte[] text = write(out -> DynamoJson.write(out, value));
        try (JsonParser parser = json.createParser(text)) {
            assertThat(DynamoJson.readAttributeValue(parser)).isEqualTo(value);
        }
    }

    @Test
    void allTenTypesAreRead() throws IOException {
        String text = """
                {"s":{"S":"x"},"n":{"N":"1e3"},"b":{"B":"AAE="},"t":{"BOOL":true},"u":{"NULL":true},
                 "l":{"L":[{"S":"x"},{"N":"1"}]},"m":{"M":{"k":{"S":"v"}}},
                 "ss":{"SS":["a","b"]},"ns":{"NS":["1","2"]},"bs":{"BS":["","AA=="]},"e":{"S":""}}
                """;
        Item item = readItem(text);
        assertThat(new String(write(out -> DynamoJson.writeItem(out, item)), StandardCharsets.UTF_8))
                .isEqualTo(text.replace("1e3", "1000").replaceAll("\\s", ""));
    }

    @Test
    void unknownMembersAndNullMembersAreNotThere() throws IOException {
        assertThat(readItem("{\"a\":{\"X\":[{}],\"S\":\"x\",\"N\":null}}"))
                .isEqualTo(Item.builder().set("a", "x").build());
    }

    @Test
    void booleansMayBeStrings() throws IOException {
        assertThat(readItem("{\"a\":{\"BOOL\":\"TRUE\"},\"b\":{\"BOOL\":\"no\"},\"c\":{\"NULL\":\"yes\"}}"))
                .isEqualTo(Item.builder()
                        .set("a", AttributeValue.Bool.TRUE)
                        .set("b", AttributeValue.Bool.FALSE)
                        .set("c", AttributeValue.Null.INSTANCE)
                        .build());
    }

    /** The order of GetItem's answers, whatever the order that was put. */
    @Test
    void setsAreInTheirOrder() throws IOException {
        Item item = readItem("{\"s\":{\"SS\":[\"\uFFFD\",\"b\",\"\",\"\uD83D\uDE00\",\"B\"]},"
                + "\"n\":{\"NS\":[\"10\",\"9\",\"-1\",\"0.5\"]},\"b\":{\"BS\":[\"/w==\",\"AA==\",\"\"]}}");
        assertThat(new String(write(out -> DynamoJson.writeItem(out, item)), StandardCharsets.UTF_8))
                .isEqualTo("{\"s\":{\"SS\":[\"\",\"B\",\"b\",\"\uFFFD\",\"\\uD83D\\uDE00\"]},"
                        + "\"n\":{\"NS\":[\"-1\",\"0.5\",\"9\",\"10\"]},\"b\":{\"BS\":[\"\",\"AA==\",\"/w==\"]}}");
    }

    @Test
    void numbersAreWrittenCanonically() throws IOException {
        for (String[] pair : new String[][] {
            {"1e3", "1000"},
            {"-0", "0"},
            {"0e125", "0"},
            {"+1.50", "1.5"},
            {".5", "0.5"},
            {"1E-3", "0.001"},
            {"007", "7"}
        }) {
            Item item = readItem("{\"n\":{\"N\":\"" + pair[0] + "\"}}");
            assertThat(write(out -> DynamoJson.writeItem(out, item)))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("{\"n\":{\"N\":\"" + pair[1] + "\"}}");
        }
    }

    @Test
    void thirtyTwoLevelsAreRead() throws IOException {
        assertThat(readItem("{\"a\":" + nested("{\"M\":{\"n\":", "}}", 31) + "}")
                        .has("a"))
                .isTrue();
        assertThat(readItem("{\"a\":" + nested("{\"L\":[", "]}", 31) + "}").has("a"))
                .isTrue();
    }

    @Test
    void afterAnInvalidValueReadingCanGoOn() throws IOException {
        try (JsonParser parser = json.createParser("[{\"a\":{\"N\":\"x\",\"M\":{\"b\":{\"S\":\"c\"}}}},7]")) {
            parser.nextToken();
            parser.nextToken();
            assertThatThrownBy(() -> DynamoJson.readItem(parser)).isInstanceOf(DynamoJsonException.class);
            assertThat(parser.currentToken()).isEqualTo(JsonToken.END_OBJECT);
            assertThat(parser.nextToken()).isEqualTo(JsonToken.VALUE_NUMBER_INT);
        }
    }

    @Test
    void streamRecordsHaveTheApisShape() throws IOException {
        StreamRecord record = new StreamRecord(
                "e1",
                EventName.REMOVE,
                "eu-west-1",
                Instant.ofEpochSecond(1_700_000_000, 999_000_000),
                Item.builder().set("pk", "u1").build(),
                null,
                Item.builder().set("pk", "u1").set("n", 5).build(),
                "100000000000000001000",
                12,
                StreamViewType.NEW_AND_OLD_IMAGES,
                UserIdentity.TIME_TO_LIVE);
        assertThat(write(out -> StreamRecordJson.write(out, record)))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"eventID\":\"e1\",\"eventName\":\"REMOVE\",\"eventVersion\":\"1.1\","
                        + "\"eventSource\":\"aws:dynamodb\",\"awsRegion\":\"eu-west-1\",\"dynamodb\":{"
                        + "\"ApproximateCreationDateTime\":1700000000,\"Keys\":{\"pk\":{\"S\":\"u1\"}},"
                        + "\"OldImage\":{\"pk\":{\"S\":\"u1\"},\"n\":{\"N\":\"5\"}},"
                        + "\"SequenceNumber\":\"100000000000000001000\",\"SizeBytes\":12,"
                        + "\"StreamViewType\":\"NEW_AND_OLD_IMAGES\"},"
                        + "\"userIdentity\":{\"PrincipalId\":\"dynamodb.amazonaws.com\",\"Type\":\"Service\"}}");
    }

    @Provide
    Arbitrary<Item> items() {
        return ItemArbitraries.items();
    }

    @Provide
    Arbitrary<AttributeValue> values() {
        return ItemArbitraries.values();
    }

    static String nested(String open, String close, int times) {
        return open.repeat(times) + "{\"S\":\"leaf\"}" + close.repeat(times);
    }

    private Item readItem(String text) throws IOException {
        try (JsonParser parser = json.createParser(text.getBytes(StandardCharsets.UTF_8))) {
            return DynamoJson.readItem(parser);
        }
    }

    private interface Writing {
        void writeTo(JsonGenerator out) throws IOException;
    }

    private byte[] write(Writing writing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = json.createGenerator(bytes)) {
            writing.writeTo(out);
        }
        return bytes.toByteArray();
    }
}
