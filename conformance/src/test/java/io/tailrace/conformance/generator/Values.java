package io.tailrace.conformance.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.conformance.Json;
import java.util.List;

/** Attribute values in DynamoDB's JSON: from small pools, so that values meet again. */
final class Values {
    private static final List<String> STRINGS =
            List.of("a", "b", "ab", "abc", "B", "é", "世", "😀", " ", "a b", "1", "k1");
    private static final List<String> NUMBERS =
            List.of("0", "1", "2", "3", "10", "-1", "-10", "1.5", "-2.5", "100", "1000000");
    private static final List<String> ODD_NUMBERS = List.of(
            "1.0",
            "1e3",
            "1E+3",
            "0.10",
            "-0",
            "007",
            "+5",
            "1e-130",
            "9.9999999999999999999999999999999999999e125",
            "-9.9999999999999999999999999999999999999e125",
            "12345678901234567890123456789012345678",
            "0.00000000000000000000000000000000000001",
            "1e125",
            "123456789012345678901234567890.12345678",
            "5e-1",
            "0e100",
            ".5",
            "1.");
    private static final List<String> BAD_NUMBERS = List.of(
            "",
            " ",
            "abc",
            "1e126",
            "-1e126",
            "1e-131",
            "123456789012345678901234567890123456789",
            "NaN",
            "Infinity",
            "0x10",
            "1_000",
            "1,5",
            "--1",
            "1e",
            "e1",
            " 1",
            "1 ",
            "1f",
            "1d");
    private static final List<String> BINARIES = List.of("AQ==", "Ag==", "AQI=", "/w==", "AAEC", "YWI=");
    private static final List<String> BAD_BINARIES = List.of("A", "AQ", "A===", "*", "AQ= =");
    private static final List<String> TYPES = List.of("S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS");
    private static final int BAD_ONE_IN = 60;
    private static final int MAX_DEPTH = 3;

    private final Choice choice;

    Values(Choice choice) {
        this.choice = choice;
    }

    String anyType() {
        return choice.of(TYPES);
    }

    ObjectNode any() {
        return any(MAX_DEPTH);
    }

    private ObjectNode any(int depth) {
        return ofType(anyType(), depth);
    }

    ObjectNode ofType(String type) {
        return ofType(type, MAX_DEPTH);
    }

    private ObjectNode ofType(String type, int depth) {
        if (choice.oneIn(BAD_ONE_IN * 4)) {
            return bad();
        }
        return switch (type) {
            case "S" -> Json.object("S", string());
            case "N" -> Json.object("N", number());
            case "B" -> Json.object("B", binary());
            case "BOOL" -> Json.object("BOOL", Json.NODES.booleanNode(choice.oneIn(2)));
            case "NULL" -> Json.object("NULL", Json.NODES.booleanNode(!choice.oneIn(BAD_ONE_IN)));
            case "L" -> Json.object("L", list(depth));
            case "M" -> Json.object("M", map(depth));
            case "SS" -> Json.object("SS", set(type));
            case "NS" -> Json.object("NS", set(type));
            case "BS" -> Json.object("BS", set(type));
            default -> throw new IllegalArgumentException(type);
        };
    }

    /** A value for a key attribute: one of few. */
    ObjectNode key(String type) {
        return switch (type) {
            case "S" -> Json.object("S", choice.of("k1", "k2", "k3", "k", "k11"));
            case "N" -> Json.object("N", choice.of("1", "2", "3", "10", "-1", "1.5", "1e1", "1.0"));
            default -> Json.object("B", choice.of("AQ==", "Ag==", "AQI=", "/w=="));
        };
    }

    /** A value that a key attribute cannot have, or that has too much of something. */
    ObjectNode badKey(String type) {
        return switch (choice.below(7)) {
            case 0 -> any();
            case 1 -> Json.object(type.equals("B") ? "B" : "S", "");
            case 2 -> Json.object("S", "x".repeat(choice.of(1023, 1024, 1025, 2047, 2048, 2049)));
            case 3 -> bad();
            case 4 -> Json.object("N", choice.of(ODD_NUMBERS));
            case 5 -> Json.object("B", "AAAA".repeat(choice.of(341, 342, 682, 683)));
            default -> ofType(choice.of("S", "N", "B"));
        };
    }

    private String string() {
        if (choice.oneIn(BAD_ONE_IN)) {
            return choice.of("", "x".repeat(choice.of(1025, 2049, 5000)));
        }
        return choice.of(STRINGS);
    }

    private String number() {
        if (choice.oneIn(BAD_ONE_IN)) {
            return choice.of(BAD_NUMBERS);
        }
        return choice.oneIn(6) ? choice.of(ODD_NUMBERS) : choice.of(NUMBERS);
    }

    private String binary() {
        if (choice.oneIn(BAD_ONE_IN)) {
            return choice.of("", choice.of(BAD_BINARIES));
        }
        return choice.of(BINARIES);
    }

    private ArrayNode list(int depth) {
        ArrayNode list = Json.NODES.arrayNode();
        for (int i = depth > 0 ? choice.below(4) : 0; i > 0; i--) {
            list.add(any(depth - 1));
        }
        return list;
    }

    private ObjectNode map(int depth) {
        ObjectNode map = Json.object();
        for (int i = depth > 0 ? choice.below(4) : 0; i > 0; i--) {
            map.set(choice.of("x", "y", "z", "l", "m"), any(depth - 1));
        }
        return map;
    }

    private ArrayNode set(String type) {
        ArrayNode set = Json.NODES.arrayNode();
        int size = choice.oneIn(BAD_ONE_IN) ? 0 : choice.between(1, 3);
        List<String> pool = switch (type) {
            case "SS" -> STRINGS;
            case "NS" -> NUMBERS;
            default -> BINARIES;
        };
        int first = choice.below(pool.size());
        for (int i = 0; i < size; i++) {
            set.add(pool.get((first + i) % pool.size()));
        }
        if (choice.oneIn(BAD_ONE_IN)) {
            set.add(
                    switch (type) {
                        case "SS" -> choice.of("", "a");
                        case "NS" -> choice.of("abc", "1", "1.0", "10e-1");
                        default -> choice.of("", "AQ==", "A");
                    });
        }
        return set;
    }

    /** What no attribute can be. */
    private ObjectNode bad() {
        return switch (choice.below(10)) {
            case 0 -> Json.object();
            case 1 -> Json.object("S", "a").put("N", "1");
            case 2 -> Json.object("N", choice.of(BAD_NUMBERS));
            case 3 -> Json.object("SS", Json.NODES.arrayNode());
            case 4 -> Json.object("NS", Json.NODES.arrayNode().add("1").add("1"));
            case 5 -> Json.object("X", "a");
            case 6 -> Json.object("NULL", Json.NODES.booleanNode(false));
            case 7 -> Json.object("L", Json.NODES.arrayNode().add(Json.object()));
            case 8 -> Json.object("M", Json.object("x", Json.object("NS", Json.NODES.arrayNode())));
            default -> nested(choice.of(30, 31, 32, 33, 34));
        };
    }

    private ObjectNode nested(int levels) {
        JsonNode value = Json.object("S", "deep");
        for (int i = 0; i < levels; i++) {
            value = choice.oneIn(2)
                    ? Json.object("L", Json.NODES.arrayNode().add(value))
                    : Json.object("M", Json.object("x", value));
        }
        return (ObjectNode) value;
    }
}
