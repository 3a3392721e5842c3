package io.tailrace.schemas.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What DynamoDB refuses is refused with its kind and its message, and nothing else is ever thrown. */
class DynamoJsonErrorsTest {
    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final String EMPTY =
            "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes";
    private static final String SEVERAL =
            "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes";
    private static final String MAP_TYPE =
            "Unrecognized collection type java.util.Map<java.lang.String, com.amazonaws.dynamodb.v20120810.AttributeValue>";

    private final JsonFactory json = DynamoJson.newFactory();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    {}
                    {"a":""}
                    {"S":null}
                    null
                    {"M":{"a":{}}}
                    {"M":{"a":null}}
                    {"L":[{}]}
                    {"L":[null]}
                    {"L":[{"a":{}}]}
                    """)
    void emptyValues(String value) {
        assertInvalid(value, EMPTY);
    }

    @Test
    void severalDatatypes() {
        assertInvalid("{\"S\":\"a\",\"N\":\"1\"}", SEVERAL);
        assertInvalid("{\"S\":\"a\",\"N\":\"1\",\"S\":\"b\"}", SEVERAL);
        assertInvalid("{\"L\":[],\"M\":{}}", SEVERAL);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    {"N":"abc"}          | The parameter cannot be converted to a numeric value: abc
                    {"N":"NaN"}          | The parameter cannot be converted to a numeric value: NaN
                    {"N":"Infinity"}     | The parameter cannot be converted to a numeric value: Infinity
                    {"N":"1e"}           | The parameter cannot be converted to a numeric value: 1e
                    {"N":"1.2.3"}        | The parameter cannot be converted to a numeric value: 1.2.3
                    {"N":"0x10"}         | The parameter cannot be converted to a numeric value: 0x10
                    {"NS":["1","b"]}     | The parameter cannot be converted to a numeric value: b
                    {"S":"a","N":"b"}    | The parameter cannot be converted to a numeric value: b
                    """)
    void textsThatAreNoNumbers(String value, String message) {
        assertInvalid(value, message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'N':''}", "{'S':'a','N':''}", "{'NS':['1','']}", "{'NS':['1',null]}"})
    void nothingIsNoNumber(String value) {
        String message = "The parameter cannot be converted to a numeric value";
        assertInvalid(value.replace('\'', '"'), message + ": ", message);
    }

    @Test
    void blanksAreNoNumbers() {
        assertInvalid("{\"N\":\" 1\"}", "The parameter cannot be converted to a numeric value:  1");
        assertInvalid("{\"N\":\"\u0661\"}", "The parameter cannot be converted to a numeric value: \u0661");
    }

    @Test
    void numbersOutOfRange() {
        String precision = "Attempting to store more than 38 significant digits in a Number";
        String overflow = "Number overflow. Attempting to store a number with magnitude larger than supported range";
        String underflow = "Number underflow. Attempting to store a number with magnitude smaller than supported range";
        assertInvalid("{\"N\":\"123456789012345678901234567890123456789\"}", precision);
        assertInvalid("{\"N\":\"-1.23456789012345678901234567890123456789\"}", precision);
        assertInvalid("{\"NS\":[\"123456789012345678901234567890123456789\"]}", precision);
        for (String number : List.of("1e126", "-1e126", "10e125", "1e99999999999", "-1e2147483648")) {
            assertInvalid("{\"N\":\"" + number + "\"}", overflow);
        }
        for (String number : List.of("1e-131", "-1e-131", "0.1e-130", "1e-99999999999")) {
            assertInvalid("{\"N\":\"" + number + "\"}", underflow);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
                    {"NULL":false}          | Null attribute value types must have the value of true
                    {"NULL":"no"}           | Null attribute value types must have the value of true
                    {"SS":[]}               | An string set  may not be empty
                    {"NS":[]}               | An number set  may not be empty
                    {"BS":[]}               | Binary sets should not be empty
                    {"SS":["a",null]}       | An string set may not have a empty string as a member
                    {"BS":["Yg==",null]}    | Binary sets may not contain null or empty values
                    """)
    void invalidValues(String value, String message) {
        assertInvalid(value, INVALID + message);
    }

    /** In order up to the repeated element; the older way shows them as they were sent. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    {"SS":["a","a"]}               | ["a", "a"] contains | [a, a] contains
                    {"SS":["b","a","b","a"]}       | ["a", "b", "b", "a"] contains | [b, a, b, a] contains
                    {"BS":["/w==","AA==","AA=="]}  | ["AA==","/w==","AA=="]of type BS contains | [/w==, AA==, AA==]of type BS contains
                    """)
    void duplicates(String value, String shown, String shownOlder) {
        assertInvalid(
                value,
                INVALID + "Input collection " + shown + " duplicates.",
                INVALID + "Input collection " + shownOlder + " duplicates.");
    }

    @Test
    void duplicateNumbersWhateverTheirSpelling() {
        for (String value : List.of("{\"NS\":[\"1\",\"1\"]}", "{\"NS\":[\"1000\",\"1e3\"]}")) {
            assertInvalid(
                    value, INVALID + "Input collection contains duplicates.", "Input collection contains duplicates");
        }
    }

    /** The older way reads numbers as BigDecimal does, whose exponents end and wrap at 32 bits. */
    @Test
    void exponentsInTheOlderWay() {
        String number = "The parameter cannot be converted to a numeric value: ";
        String overflow = "Number overflow. Attempting to store a number with magnitude larger than supported range";
        String underflow = "Number underflow. Attempting to store a number with magnitude smaller than supported range";
        assertInvalid("{\"N\":\"1e2147483646\"}", overflow, overflow);
        assertInvalid("{\"N\":\"1e2147483647\"}", overflow, underflow);
        assertInvalid("{\"N\":\"1e2147483648\"}", overflow, number + "1e2147483648");
        assertInvalid("{\"N\":\"1e-2147483648\"}", underflow, number + "1e-2147483648");
        assertInvalid("{\"N\":\"0e126\"}", overflow, overflow);
        String tooLong = "1e9223372036854775808";
        assertInvalid("{\"N\":\"" + tooLong + "\"}", number + tooLong, number + tooLong);
    }

    @Test
    void moreThan32Levels() {
        String message =
                "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond"
                        + " supported limit";
        assertInvalid(DynamoJsonTest.nested("{\"M\":{\"n\":", "}}", 32), message);
        assertInvalid(DynamoJsonTest.nested("{\"L\":[", "]}", 32), message);
        assertInvalid(DynamoJsonTest.nested("{\"L\":[", "]}", 300), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    {"S":true}             | TRUE_VALUE cannot be converted to String
                    {"S":false}            | FALSE_VALUE cannot be converted to String
                    {"S":23}               | NUMBER_VALUE cannot be converted to String
                    {"S":-2147483648}      | NUMBER_VALUE cannot be converted to String
                    {"S":34.56}            | DECIMAL_VALUE cannot be converted to String
                    {"S":[]}               | Unrecognized collection type class java.lang.String
                    {"S":{}}               | Start of structure or map found where not expected
                    {"N":23}               | NUMBER_VALUE cannot be converted to String
                    {"BOOL":"23"}          | Unexpected token received from parser
                    {"BOOL":23}            | NUMBER_VALUE cannot be converted to Boolean
                    {"BOOL":34.56}         | DECIMAL_VALUE cannot be converted to Boolean
                    {"BOOL":[]}            | Unrecognized collection type class java.lang.Boolean
                    {"BOOL":{}}            | Start of structure or map found where not expected
                    {"NULL":23}            | NUMBER_VALUE cannot be converted to Boolean
                    {"B":true}             | only base-64-encoded strings are convertible to bytes
                    {"B":23}               | only base-64-encoded strings are convertible to bytes
                    {"B":[]}               | Unrecognized collection type class java.nio.ByteBuffer
                    {"B":{}}               | Start of structure or map found where not expected
                    {"B":"23456"}          | Base64 encoded length is expected a multiple of 4 bytes but found: 5
                    {"B":"=+/="}           | Invalid last non-pad Base64 character dectected
                    {"B":"+/+="}           | Invalid last non-pad Base64 character dectected
                    {"B":"Yh=="}           | Invalid last non-pad Base64 character dectected
                    {"B":"ab-_"}           | Invalid base 64 character: '-'
                    {"B":"a=bc"}           | Invalid base 64 character: '='
                    {"SS":"23"}            | Unexpected field type
                    {"SS":{}}              | Start of structure or map found where not expected
                    {"SS":[23]}            | NUMBER_VALUE cannot be converted to String
                    {"NS":true}            | Unexpected field type
                    {"NS":[23]}            | NUMBER_VALUE cannot be converted to String
                    {"BS":34.56}           | Unexpected field type
                    {"BS":[23]}            | only base-64-encoded strings are convertible to bytes
                    {"L":"23"}             | Unexpected field type
                    {"L":{}}               | Start of structure or map found where not expected
                    {"L":["23"]}           | Unexpected value type in payload
                    {"M":"23"}             | Unexpected field type
                    {"M":{"a":"23"}}       | Unexpected value type in payload
                    "23"                   | Unexpected value type in payload
                    []                     | Unrecognized collection type class com.amazonaws.dynamodb.v20120810.AttributeValue
                    {"L":[[]]}             | Unrecognized collection type class com.amazonaws.dynamodb.v20120810.AttributeValue
                    """)
    void wrongJsonTypes(String value, String message) {
        assertRefused("{\"attribute\":" + value + "}", DynamoJsonException.Kind.SERIALIZATION, message);
    }

    @Test
    void itemsThatAreNoMaps() {
        assertRefused("[]", DynamoJsonException.Kind.SERIALIZATION, MAP_TYPE);
        assertRefused("{\"a\":{\"M\":[]}}", DynamoJsonException.Kind.SERIALIZATION, MAP_TYPE);
        assertRefused("\"x\"", DynamoJsonException.Kind.SERIALIZATION, "Unexpected field type");
        assertRefused("", DynamoJsonException.Kind.SERIALIZATION, "Unexpected field type");
    }

    @Test
    void unpairedSurrogates() {
        String message = "A string contains an unpaired surrogate, which UTF-8 cannot represent";
        assertRefused("{\"a\":{\"S\":\"\\ud800\"}}", DynamoJsonException.Kind.SERIALIZATION, message);
        assertRefused("{\"a\":{\"SS\":[\"x\\ud800y\"]}}", DynamoJsonException.Kind.SERIALIZATION, message);
    }

    @Test
    void wrongTypesAreReportedBeforeInvalidValues() {
        assertRefused(
                "{\"a\":{\"N\":\"abc\"},\"b\":{\"S\":1}}",
                DynamoJsonException.Kind.SERIALIZATION,
                "NUMBER_VALUE cannot be converted to String");
    }

    @Test
    void theFirstInvalidValueIsReported() {
        assertRefused(
                "{\"a\":{\"SS\":[]},\"b\":{}}",
                DynamoJsonException.Kind.VALIDATION,
                INVALID + "An string set  may not be empty");
        assertRefused(
                "{\"a\":{\"N\":\"x\",\"S\":\"\"}}",
                DynamoJsonException.Kind.VALIDATION,
                "The parameter cannot be converted to a numeric value: x");
    }

    @Test
    void textThatIsNoJsonIsLeftToTheParser() {
        assertThatThrownBy(() -> readItem("{\"a\":{\"S\":\"x\"}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> readItem("{\"a\":{\"S\":nope}}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(JsonProcessingException.class);
    }

    @Property(tries = 3000)
    void nothingElseIsThrown(@ForAll("fragments") List<String> fragments) {
        readOrRefuse(String.join("", fragments).getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 2000)
    void nothingElseIsThrownForArbitraryBytes(@ForAll byte[] bytes) {
        readOrRefuse(bytes);
    }

    @Property(tries = 2000)
    void nothingElseIsThrownForValuesInPlacesWhereTheyDoNotBelong(
            @ForAll("types") String type, @ForAll("jsonValues") String value) {
        readOrRefuse(("{\"a\":{\"" + type + "\":" + value + "}}").getBytes(StandardCharsets.UTF_8));
        readOrRefuse(("{\"a\":{\"M\":{\"b\":{\"" + type + "\":[" + value + "]}}}}").getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<List<String>> fragments() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ":",
                        ",",
                        "\"",
                        "\"a\"",
                        "\"S\":",
                        "\"N\":",
                        "\"M\":{",
                        "\"L\":[",
                        "\"NS\":[",
                        "\"BS\":",
                        "null",
                        "true",
                        "1",
                        "-1.5e3",
                        "\"1e400\"",
                        "\\u0000",
                        "\\ud800",
                        "é",
                        "{\"S\":\"x\"}",
                        " ")
                .list()
                .ofMaxSize(20)
                .map(fragments -> {
                    fragments.add(0, "{\"a\":{");
                    return fragments;
                });
    }

    @Provide
    Arbitrary<String> types() {
        return Arbitraries.of("S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS", "X");
    }

    @Provide
    Arbitrary<String> jsonValues() {
        Arbitrary<String> scalars = Arbitraries.of(
                "null",
                "true",
                "false",
                "0",
                "1e999999999999",
                "-0.0",
                "\"\"",
                "\"x\"",
                "\"1e-99999999999\"",
                "\"====\"",
                "\"\\ud800\"",
                "{}",
                "[]",
                "{\"S\":\"x\"}",
                "{\"S\":null}");
        Arbitrary<String> lists = scalars.list().ofMaxSize(3).map(list -> "[" + String.join(",", list) + "]");
        Arbitrary<String> objects = scalars.list().ofMaxSize(3).map(list -> {
            StringBuilder object = new StringBuilder("{");
            for (int i = 0; i < list.size(); i++) {
                object.append(i == 0 ? "" : ",")
                        .append("\"k")
                        .append(i)
                        .append("\":")
                        .append(list.get(i));
            }
            return object.append("}").toString();
        });
        return Arbitraries.oneOf(scalars, lists, objects);
    }

    private void assertInvalid(String value, String message) {
        assertRefused("{\"attribute\":" + value + "}", DynamoJsonException.Kind.VALIDATION, message);
    }

    private void assertInvalid(String value, String message, String olderMessage) {
        assertInvalid(value, message);
        DynamoJsonException refused = catchThrowableOfType(
                DynamoJsonException.class,
                () -> readItem(("{\"attribute\":" + value + "}").getBytes(StandardCharsets.UTF_8)));
        assertThat(refused.olderMessage()).isEqualTo(olderMessage);
    }

    private void assertRefused(String item, DynamoJsonException.Kind kind, String message) {
        DynamoJsonException refused =
                catchThrowableOfType(DynamoJsonException.class, () -> readItem(item.getBytes(StandardCharsets.UTF_8)));
        assertThat(refused).as(item).hasMessage(message);
        assertThat(refused.kind()).as(item).isEqualTo(kind);
    }

    private void readOrRefuse(byte[] text) {
        try {
            readItem(text);
        } catch (DynamoJsonException | IOException refused) {
            assertThat(refused).isNotNull();
        }
    }

    private void readItem(byte[] text) throws IOException {
        try (JsonParser parser = json.createParser(text)) {
            DynamoJson.readItem(parser);
        }
    }
}
