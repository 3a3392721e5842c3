package io.tailrace.server.admin;

import java.util.Optional;

/** The parameter that says of which region something is asked. */
final class RegionParameter {
    static final String NAME = "region";
    private static final int NOT_FOUND = 404;

    private RegionParameter() {}

    /** @throws AdminException when there is no such region */
    static String of(QueryParameters parameters, AdminSource source) {
        String region = Optional.ofNullable(parameters.text(NAME)).orElseGet(source::home);
        if (!source.has(region)) {
            throw new AdminException(
                    NOT_FOUND, "there is no region " + region + " here; /health names those there are");
        }
        return region;
    }
}
