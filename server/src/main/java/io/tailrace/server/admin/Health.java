package io.tailrace.server.admin;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How the server is.
 *
 * @param serving whether the tables of all regions can be read and written
 * @param region the first region
 * @param parts of the server and of its first region
 * @param others the further regions by name
 */
public record Health(boolean serving, String region, List<PartHealth> parts, Map<String, RegionHealth> others) {
    public Health {
        Objects.requireNonNull(region);
        parts = List.copyOf(parts);
        others = Collections.unmodifiableMap(new TreeMap<>(others));
    }

    /** The part of this name, of the server or of its first region. */
    public PartHealth part(String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no part " + name));
    }
}
