package io.tailrace.server.crash;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What does not agree: how much of each kind, and the first of each kind in words. Belongs to one thread. */
final class Problems {
    private static final int KEPT_OF_A_KIND = 5;

    /** Those with the same words around what differs. */
    private static final class Kind {
        private final List<String> first = new ArrayList<>();
        private long count;
    }

    private final Map<String, Kind> kinds = new LinkedHashMap<>();

    void add(String format, Object... arguments) {
        Kind kind = kinds.computeIfAbsent(format, none -> new Kind());
        kind.count++;
        if (kind.first.size() < KEPT_OF_A_KIND) {
            kind.first.add(String.format(Locale.ROOT, format, arguments));
        }
    }

    boolean none() {
        return kinds.isEmpty();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("problems of " + kinds.size() + " kinds");
        kinds.forEach((format, kind) -> {
            text.append("\n").append(kind.count).append(" times: ").append(format);
            kind.first.forEach(line -> text.append("\n    ").append(line));
        });
        return text.toString();
    }
}
