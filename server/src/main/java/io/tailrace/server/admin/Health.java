package io.tailrace.server.admin;

import java.util.List;

/**
 * How the server is.
 *
 * @param serving whether tables can be read and written
 */
public record Health(boolean serving, List<PartHealth> parts) {
    public Health {
        parts = List.copyOf(parts);
    }

    /** The part of this name. */
    public PartHealth part(String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no part " + name));
    }
}
