package io.tailrace.engine.operation;

import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Batches as the service shows them when it refuses them: those of BatchGetItem as JSON, those of BatchWriteItem as the
 * service's own classes print themselves.
 */
final class RequestEcho {
    /** The members of the service's class for attribute values, some of them its own, in the order of its text. */
    private static final List<String> VALUE_MEMBERS = List.of(
            "s",
            "n",
            "b",
            "iNT",
            "dECIMAL",
            "dOUBLE",
            "sS",
            "nS",
            "bS",
            "iNTSET",
            "dECIMALSET",
            "dOUBLESET",
            "m",
            "l",
            "nULL",
            "bOOL");

    private RequestEcho() {}

    /** BatchGetItem's RequestItems. */
    static String json(Map<String, KeysAndAttributes> requestItems) {
        return jsonObject(requestItems, RequestEcho::json);
    }

    private static String json(KeysAndAttributes wanted) {
        List<String> members = new ArrayList<>();
        if (wanted.keys() != null) {
            members.add("\"Keys\":" + jsonArray(wanted.keys(), key -> jsonObject(key.attributes(), RequestEcho::json)));
        }
        if (wanted.attributesToGet() != null) {
            members.add("\"AttributesToGet\":" + jsonArray(wanted.attributesToGet(), RequestEcho::quoted));
        }
        if (wanted.consistentRead() != null) {
            members.add("\"ConsistentRead\":" + wanted.consistentRead());
        }
        if (wanted.projectionExpression() != null) {
            members.add("\"ProjectionExpression\":" + quoted(wanted.projectionExpression()));
        }
        if (wanted.expressionAttributeNames() != null) {
            members.add("\"ExpressionAttributeNames\":"
                    + jsonObject(wanted.expressionAttributeNames(), RequestEcho::quoted));
        }
        return "{" + String.join(",", members) + "}";
    }

    private static String json(AttributeValue value) {
        String content = switch (value.type()) {
            case BOOL, NULL -> text(value);
            case L -> jsonArray(((AttributeValue.L) value).values(), RequestEcho::json);
            case M -> jsonObject(((AttributeValue.M) value).values(), RequestEcho::json);
            case SS -> jsonArray(((AttributeValue.SS) value).values(), RequestEcho::quoted);
            case NS -> jsonArray(((AttributeValue.NS) value).values(), number -> quoted(number.toString()));
            case BS -> jsonArray(((AttributeValue.BS) value).values(), bytes -> quoted(bytes.toBase64()));
            case S, N, B -> quoted(text(value));
        };
        return "{" + quoted(value.type().name()) + ":" + content + "}";
    }

    private static <T> String jsonObject(Map<String, T> members, Form<T> form) {
        return members.entrySet().stream()
                .map(member -> quoted(member.getKey()) + ":" + form.of(member.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static <T> String jsonArray(Collection<T> elements, Form<T> form) {
        return elements.stream().map(form::of).collect(Collectors.joining(",", "[", "]"));
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    /** BatchWriteItem's RequestItems. */
    static String printed(Map<String, List<WriteRequest>> requestItems) {
        return requestItems.entrySet().stream()
                .map(table -> table.getKey() + "="
                        + table.getValue().stream().map(RequestEcho::printed).toList())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String printed(WriteRequest write) {
        String put = write.putRequest() == null
                ? null
                : "PutRequest(item=" + printed(write.putRequest().item()) + ", workloadProfileName=null)";
        String delete = write.deleteRequest() == null
                ? null
                : "DeleteRequest(key=" + printed(write.deleteRequest().key()) + ", workloadProfileName=null)";
        return "WriteRequest(putRequest=" + put + ", deleteRequest=" + delete + ")";
    }

    private static String printed(Item item) {
        return item == null ? null : printedValues(item.attributes());
    }

    private static String printedValues(Map<String, AttributeValue> values) {
        return values.entrySet().stream()
                .map(attribute -> attribute.getKey() + "=" + printed(attribute.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String printed(AttributeValue value) {
        String given = memberName(value.type());
        return VALUE_MEMBERS.stream()
                .map(member -> member + "=" + (member.equals(given) ? text(value) : null))
                .collect(Collectors.joining(", ", "AttributeValue(", ")"));
    }

    private static String memberName(AttributeType type) {
        return Character.toLowerCase(type.name().charAt(0)) + type.name().substring(1);
    }

    private static String text(AttributeValue value) {
        return switch (value.type()) {
            case S -> ((AttributeValue.S) value).value();
            case N -> ((AttributeValue.N) value).value().toString();
            case B -> ((AttributeValue.B) value).value().toBase64();
            case BOOL -> String.valueOf(((AttributeValue.Bool) value).value());
            case NULL -> "true";
            case L ->
                ((AttributeValue.L) value)
                        .values().stream().map(RequestEcho::printed).toList().toString();
            case M -> printedValues(((AttributeValue.M) value).values());
            case SS -> ((AttributeValue.SS) value).values().toString();
            case NS -> ((AttributeValue.NS) value).values().toString();
            case BS -> ((AttributeValue.BS) value).values().toString();
        };
    }

    /** How one part is shown. */
    private interface Form<T> {
        String of(T part);
    }
}
