package io.tailrace.server.admin;

import java.util.List;

/**
 * How a region besides the first is.
 *
 * @param serving whether its tables can be read and written
 */
public record RegionHealth(boolean serving, List<PartHealth> parts) {
    public RegionHealth {
        parts = List.copyOf(parts);
    }
}
