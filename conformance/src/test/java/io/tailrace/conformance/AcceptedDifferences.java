package io.tailrace.conformance;

import io.tailrace.conformance.Difference.Place;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Judges differences by the list of the accepted ones, and counts how often each was met. */
final class AcceptedDifferences {
    private final Map<AcceptedDifference, Long> met = new EnumMap<>(AcceptedDifference.class);

    /** What of a difference is not accepted, if anything; counts the rest. */
    Optional<Difference> unaccepted(Difference difference) {
        List<Place> left = new ArrayList<>();
        for (Place place : difference.places()) {
            accepted(difference, place).ifPresentOrElse(kind -> met.merge(kind, 1L, Long::sum), () -> left.add(place));
        }
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(new Difference(difference.call(), difference.expected(), difference.actual(), left));
    }

    /** Whether all places of a difference are accepted. */
    boolean covers(Difference difference) {
        return difference.places().stream()
                .allMatch(place -> accepted(difference, place).isPresent());
    }

    private static Optional<AcceptedDifference> accepted(Difference difference, Place place) {
        return Stream.of(AcceptedDifference.values())
                .filter(candidate -> candidate.covers(difference, place))
                .findFirst();
    }

    /** How often each was met. */
    Map<AcceptedDifference, Long> met() {
        return met;
    }
}
