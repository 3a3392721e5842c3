package io.tailrace.server.crash;

import java.util.ArrayList;
import java.util.List;

/** What does not agree, the first of it in words. Belongs to one thread. */
final class Problems {
    private static final int KEPT = 25;

    private final List<String> first = new ArrayList<>();
    private long count;

    void add(String format, Object... arguments) {
        count++;
        if (first.size() < KEPT) {
            first.add(String.format(java.util.Locale.ROOT, format, arguments));
        }
    }

    boolean none() {
        return count == 0;
    }

    @Override
    public String toString() {
        return count + " problems, the first of them:\n" + String.join("\n", first);
    }
}
