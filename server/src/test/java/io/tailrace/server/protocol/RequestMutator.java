package io.tailrace.server.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** Damages requests: bytes, values of their JSON, and what stands in their texts. The same seed, the same damage. */
final class RequestMutator {
    private static final int MAX_BODY_BYTES = 200_000;
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5e3",
            "99999999999999999999999999",
            "1e999999999",
            "-0.0",
            "\"\"",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "\"a\"",
            "[]",
            "[null]",
            "[[]]",
            "{}",
            "{\"\":null}",
            "{\"S\":\"a\",\"N\":\"1\"}",
            "{\"N\":\"1e126\"}",
            "{\"N\":\"00000000000000000000000000000000000000000000001\"}",
            "{\"N\":\"NaN\"}",
            "{\"N\":\"\"}",
            "{\"NULL\":false}",
            "{\"SS\":[]}",
            "{\"NS\":[\"1\",\"1.0\"]}",
            "{\"BS\":[\"AA==\",\"AA==\"]}",
            "{\"B\":\"A\"}",
            "{\"L\":[{\"M\":{\"x\":{\"SS\":[\"a\"]}}}]}",
            "{\"k\":{\"S\":\"\"}}",
            "\"Things\"",
            "\"ByL\"",
            "\"arn:aws:dynamodb:us-east-1:000000000000:table/Things\"",
            "\"arn:aws:dynamodb:eu-west-1:111111111111:table/Things\"",
            "\"ALL_NEW\"",
            "\"TOTAL\"",
            "2147483647",
            "-9223372036854775808");
    private static final List<String> WORDS = List.of(
            "(",
            ")",
            "[0]",
            "[99999999999]",
            ".",
            ",",
            "=",
            "<>",
            "<",
            ":v",
            "#n",
            "k",
            "r",
            "l",
            " AND ",
            " OR ",
            "NOT ",
            " BETWEEN ",
            " IN ",
            "SET ",
            " REMOVE ",
            " ADD ",
            " DELETE ",
            "size(",
            "attribute_exists(",
            "contains(",
            "begins_with(k,:v)",
            "if_not_exists(a,:v)",
            "list_append(",
            " + ",
            " - ",
            "SELECT * FROM ",
            "\\\"Things\\\"",
            " WHERE ",
            "INSERT INTO ",
            " VALUE ",
            "UPDATE ",
            "{'k':'a'}",
            "<<1,2>>",
            " RETURNING ALL OLD *",
            "?",
            "'",
            "--",
            "/*",
            " IS MISSING",
            " ORDER BY ",
            "\\u0000",
            "\ud83d\ude00");
    private static final int[] BYTES = {
        0, '"', '\\', '{', '}', '[', ']', ':', ',', '0', '-', '.', 'e', ' ', 0x7f, 0x80, 0xc0, 0xed, 0xf8, 0xff, 0xef,
        '\n'
    };

    private final Random random;
    private final List<byte[]> others;
    private final JsonFactory json = new JsonFactory();

    /** Where a value stands in the bytes of a request. */
    private record Span(int from, int to) {}

    /** @param others requests of which parts are taken */
    RequestMutator(Random random, List<byte[]> others) {
        this.random = random;
        this.others = others;
    }

    byte[] mutate(byte[] request) {
        byte[] mutated = request;
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times; i++) {
            mutated = once(mutated);
        }
        return mutated.length > MAX_BODY_BYTES ? slice(mutated, 0, MAX_BODY_BYTES) : mutated;
    }

    /** JSON of no request. */
    byte[] anyJson() {
        StringBuilder text = new StringBuilder();
        appendJson(text, 1 + random.nextInt(6));
        return utf8(text.toString());
    }

    private void appendJson(StringBuilder text, int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(3);
        if (kind == 0) {
            text.append(any(VALUES));
            return;
        }
        text.append(kind == 1 ? '[' : '{');
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : ",");
            text.append(
                    kind == 1 ? "" : "\"" + any(List.of("TableName", "Key", "Item", "S", "N", "M", "L", "k")) + "\":");
            appendJson(text, depth - 1);
        }
        text.append(kind == 1 ? ']' : '}');
    }

    private byte[] once(byte[] in) {
        if (in.length == 0) {
            return utf8(any(VALUES));
        }
        int at = random.nextInt(in.length);
        int to = Math.min(in.length, at + 1 + random.nextInt(1 << random.nextInt(8)));
        return switch (random.nextInt(12)) {
            case 0 -> replaced(in, at, at + 1, new byte[] {(byte) (in[at] ^ 1 << random.nextInt(8))});
            case 1 -> replaced(in, at, at + 1, new byte[] {(byte) BYTES[random.nextInt(BYTES.length)]});
            case 2 -> replaced(in, at, to, new byte[0]);
            case 3 -> replaced(in, at, at, repeated(slice(in, at, to), 1 + random.nextInt(1 << random.nextInt(12))));
            case 4 -> slice(in, 0, at);
            case 5 -> {
                byte[] other = others.get(random.nextInt(others.size()));
                yield replaced(in, at, in.length, slice(other, random.nextInt(other.length), other.length));
            }
            case 6, 7 -> inText(in);
            case 8 -> nested(in);
            default -> replacedValue(in, utf8(any(VALUES)));
        };
    }

    /** A value becomes another, or disappears, or another of the request's values. */
    private byte[] replacedValue(byte[] in, byte[] value) {
        List<Span> spans = spans(in);
        if (spans.isEmpty()) {
            return replaced(in, 0, in.length, value);
        }
        Span span = spans.get(random.nextInt(spans.size()));
        Span other = spans.get(random.nextInt(spans.size()));
        return replaced(in, span.from(), span.to(), random.nextBoolean() ? value : slice(in, other.from(), other.to()));
    }

    private byte[] nested(byte[] in) {
        int depth = random.nextInt(1 << random.nextInt(14));
        String[] pair = List.of("[,]", "{\"a\":,}", "{\"L\":[,]}", "{\"M\":{\"a\":,}}")
                .get(random.nextInt(4))
                .split(",", -1);
        return replacedValue(in, utf8(pair[0].repeat(depth) + any(VALUES) + pair[1].repeat(depth)));
    }

    /** Puts a word into one of the texts, or takes a part of it away. */
    private byte[] inText(byte[] in) {
        List<Span> texts = spans(in).stream()
                .filter(span -> in[span.from()] == '"' && span.to() - span.from() > 1)
                .toList();
        if (texts.isEmpty()) {
            return in;
        }
        Span text = texts.get(random.nextInt(texts.size()));
        int from = text.from() + 1 + random.nextInt(text.to() - text.from() - 1);
        int to = random.nextBoolean() ? from : from + random.nextInt(text.to() - from);
        return replaced(in, from, to, repeated(utf8(any(WORDS)), random.nextInt(20) == 0 ? 2000 : 1));
    }

    /** The values of a JSON text, as far as it can be read. */
    private List<Span> spans(byte[] in) {
        List<Span> spans = new ArrayList<>();
        Deque<Integer> open = new ArrayDeque<>();
        try (JsonParser parser = json.createParser(in)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                int from = (int) parser.currentTokenLocation().getByteOffset();
                if (token.isStructStart()) {
                    open.push(from);
                } else if (token.isStructEnd()) {
                    spans.add(new Span(open.pop(), from + 1));
                } else if (token.isScalarValue()) {
                    parser.getText(); // reads it to its end
                    spans.add(new Span(from, (int) parser.currentLocation().getByteOffset()));
                }
            }
        } catch (IOException broken) {
            return spans.stream()
                    .filter(span -> span.from() >= 0 && span.to() <= in.length)
                    .toList();
        }
        return spans.stream()
                .filter(span -> span.from() >= 0 && span.from() < span.to() && span.to() <= in.length)
                .toList();
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] slice(byte[] in, int from, int to) {
        byte[] part = new byte[to - from];
        System.arraycopy(in, from, part, 0, part.length);
        return part;
    }

    private static byte[] repeated(byte[] part, int times) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < times && out.size() < MAX_BODY_BYTES; i++) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] replaced(byte[] in, int from, int to, byte[] by) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(in.length + by.length);
        out.write(in, 0, from);
        out.writeBytes(by);
        out.write(in, to, in.length - to);
        return out.toByteArray();
    }
}
