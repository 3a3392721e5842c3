package io.tailrace.server.admin;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How one part is.
 *
 * @param name for example {@code capture}
 * @param detail one sentence for operators; empty when there is nothing to say
 * @param figures numbers that go with it, by names with their unit last
 */
public record PartHealth(String name, PartState state, String detail, Map<String, Long> figures) {
    public PartHealth {
        Objects.requireNonNull(name);
        Objects.requireNonNull(state);
        Objects.requireNonNull(detail);
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    public PartHealth(String name, PartState state, String detail) {
        this(name, state, detail, Map.of());
    }
}
