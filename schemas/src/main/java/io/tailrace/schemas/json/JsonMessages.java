package io.tailrace.schemas.json;

import io.tailrace.schemas.bytes.Utf8;
import io.tailrace.schemas.model.Binary;
import io.tailrace.schemas.model.NumberRangeException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * DynamoDB's texts, as the service answers with them, spelling included; the API Reference does not list them. Those
 * after "One or more parameter values were invalid" are {@code ValidationException}s, as all here that speak of values;
 * those that speak of types and tokens are {@code SerializationException}s.
 *
 * <p>DynamoDB checks values in one of two ways, and the operation decides which: Scan, BatchWriteItem and transactions
 * still have the older words, where the two differ.
 */
final class JsonMessages {
    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final String NOT_NUMERIC = "The parameter cannot be converted to a numeric value";

    private JsonMessages() {}

    static String emptyValue() {
        return "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes";
    }

    static String severalDatatypes() {
        return "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported"
                + " datatypes";
    }

    static String notNumeric(String text) {
        return NOT_NUMERIC + ": " + text;
    }

    static String olderNotNumeric(String text) {
        return text.isEmpty() ? NOT_NUMERIC : notNumeric(text);
    }

    static String numberOutOfRange(NumberRangeException.Violation violation) {
        return switch (violation) {
            case OVERFLOW -> "Number overflow. Attempting to store a number with magnitude larger than supported range";
            case UNDERFLOW ->
                "Number underflow. Attempting to store a number with magnitude smaller than supported" + " range";
            case PRECISION -> "Attempting to store more than 38 significant digits in a Number";
        };
    }

    /** The older way reads numbers as {@link BigDecimal} does, and its exponents are of 32 bits and wrap. */
    static String olderNumberOutOfRange(String text, NumberRangeException.Violation violation) {
        if (violation == NumberRangeException.Violation.PRECISION) {
            return numberOutOfRange(violation);
        }
        try {
            BigDecimal number = new BigDecimal(text);
            boolean wraps = violation == NumberRangeException.Violation.OVERFLOW
                    && (long) number.precision() - number.scale() > Integer.MAX_VALUE;
            return numberOutOfRange(wraps ? NumberRangeException.Violation.UNDERFLOW : violation);
        } catch (NumberFormatException exponentTooLong) {
            return notNumeric(text);
        }
    }

    static String nullNotTrue() {
        return INVALID + "Null attribute value types must have the value of true";
    }

    static String emptyStringSet() {
        return INVALID + "An string set  may not be empty";
    }

    static String emptyNumberSet() {
        return INVALID + "An number set  may not be empty";
    }

    static String emptyBinarySet() {
        return INVALID + "Binary sets should not be empty";
    }

    static String nullInStringSet() {
        return INVALID + "An string set may not have a empty string as a member";
    }

    static String nullInBinarySet() {
        return INVALID + "Binary sets may not contain null or empty values";
    }

    static String duplicateStrings(List<String> elements) {
        String quoted = upToRepeat(elements, Utf8::compare).stream()
                .map(element -> '"' + element + '"')
                .collect(Collectors.joining(", ", "[", "]"));
        return INVALID + "Input collection " + quoted + " contains duplicates.";
    }

    static String olderDuplicateStrings(List<String> elements) {
        return INVALID + "Input collection " + list(elements) + " contains duplicates.";
    }

    static String duplicateNumbers() {
        return INVALID + "Input collection contains duplicates.";
    }

    static String olderDuplicateNumbers() {
        return "Input collection contains duplicates";
    }

    static String duplicateBinaries(List<Binary> elements) {
        String quoted = upToRepeat(elements, Comparator.naturalOrder()).stream()
                .map(element -> '"' + element.toBase64() + '"')
                .collect(Collectors.joining(",", "[", "]"));
        return INVALID + "Input collection " + quoted + "of type BS contains duplicates.";
    }

    static String olderDuplicateBinaries(List<Binary> elements) {
        return INVALID + "Input collection " + list(elements) + "of type BS contains duplicates.";
    }

    /** The elements before the first one that is there already in their order; that one and what follows as they were sent. */
    private static <T> List<T> upToRepeat(List<T> elements, Comparator<T> order) {
        TreeSet<T> before = new TreeSet<>(order);
        int repeat = 0;
        while (repeat < elements.size() && before.add(elements.get(repeat))) {
            repeat++;
        }
        List<T> shown = new ArrayList<>(before);
        shown.addAll(elements.subList(repeat, elements.size()));
        return shown;
    }

    static String nestedTooDeeply() {
        return "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported"
                + " limit";
    }

    static String cannotConvert(String token, String type) {
        return token + " cannot be converted to " + type;
    }

    static String unexpectedStructure() {
        return "Start of structure or map found where not expected";
    }

    static String unexpectedCollection(String type) {
        return "Unrecognized collection type " + type;
    }

    static String unexpectedField() {
        return "Unexpected field type";
    }

    static String unexpectedValue() {
        return "Unexpected value type in payload";
    }

    static String unexpectedToken() {
        return "Unexpected token received from parser";
    }

    static String notBase64() {
        return "only base-64-encoded strings are convertible to bytes";
    }

    static String base64Length(int length) {
        return "Base64 encoded length is expected a multiple of 4 bytes but found: " + length;
    }

    static String base64LastCharacter() {
        return "Invalid last non-pad Base64 character dectected";
    }

    static String base64Character(char character) {
        return "Invalid base 64 character: '" + character + "'";
    }

    /** Tailrace's own: what DynamoDB answers is not known. */
    static String unpairedSurrogate() {
        return "A string contains an unpaired surrogate, which UTF-8 cannot represent";
    }

    private static String list(Collection<?> elements) {
        return elements.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }
}
