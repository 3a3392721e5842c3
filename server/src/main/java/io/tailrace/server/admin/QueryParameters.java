package io.tailrace.server.admin;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The parameters of a query, of which an endpoint names all that it knows: others are refused, not ignored. */
final class QueryParameters {
    private final Map<String, String> values = new LinkedHashMap<>();

    QueryParameters(String query, Set<String> known) {
        if (query.isEmpty()) {
            return;
        }
        Map<String, List<String>> given;
        try {
            given = new QueryStringDecoder(query, false).parameters();
        } catch (IllegalArgumentException malformed) {
            throw new AdminException(400, "the query is malformed");
        }
        given.forEach((name, all) -> {
            if (!known.contains(name) || all.size() != 1) {
                throw new AdminException(
                        400,
                        "parameter " + name + ": allowed once each are "
                                + known.stream().sorted().toList());
            }
            values.put(name, all.get(0));
        });
    }

    /** The text, or null when it is not given. */
    String text(String name) {
        return values.get(name);
    }

    int integer(String name, int byDefault, int max) {
        String text = values.get(name);
        if (text == null) {
            return byDefault;
        }
        if (text.matches("\\d{1,9}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= max) {
            return Integer.parseInt(text);
        }
        throw new AdminException(400, "parameter " + name + ": '" + text + "' is no whole number from 1 to " + max);
    }

    Instant instant(String name, Instant byDefault) {
        String text = values.get(name);
        if (text == null) {
            return byDefault;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException malformed) {
            throw new AdminException(
                    400, "parameter " + name + ": '" + text + "' is no time like 2026-11-21T10:15:00Z");
        }
    }

    <E extends Enum<E>> E word(String name, E byDefault) {
        String text = values.get(name);
        if (text == null) {
            return byDefault;
        }
        E[] constants = byDefault.getDeclaringClass().getEnumConstants();
        for (E constant : constants) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
                return constant;
            }
        }
        String allowed = Arrays.stream(constants)
                .map(c -> c.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        throw new AdminException(400, "parameter " + name + ": '" + text + "' is none of " + allowed);
    }
}
