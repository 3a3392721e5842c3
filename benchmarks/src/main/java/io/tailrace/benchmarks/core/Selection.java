package io.tailrace.benchmarks.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What of a benchmark is measured.
 *
 * @param loads parts of the labels of its loads; empty for all of them
 * @param references names of those that it is compared with; empty for all of them
 */
public record Selection(List<String> loads, List<String> references) {
    public static final Selection ALL = new Selection(List.of(), List.of());

    public Selection {
        loads = List.copyOf(loads);
        references = List.copyOf(references);
    }

    /** @throws UnavailableException when none is left */
    List<Load> loads(Contest contest) throws UnavailableException {
        List<Load> chosen = contest.loads().stream()
                .filter(load -> loads.isEmpty() || loads.stream().anyMatch(load.label()::contains))
                .toList();
        if (chosen.isEmpty()) {
            throw new UnavailableException("none of its loads is called like " + String.join(", ", loads)
                    + "; there are " + contest.loads().stream().map(Load::label).collect(Collectors.joining("; ")));
        }
        return chosen;
    }

    /**
     * Those that take part at a load.
     *
     * @throws UnavailableException when nothing is left to compare with
     */
    Map<String, Side> sides(Contest contest, Load load) throws UnavailableException {
        Map<String, Side> sides = contest.sides();
        Map<String, Side> chosen = new LinkedHashMap<>(sides);
        if (!references.isEmpty()) {
            chosen.keySet().removeIf(side -> !side.equals(Side.TAILRACE) && !references.contains(side));
        }
        if (chosen.size() == 1 && sides.size() > 1) {
            List<String> there = new ArrayList<>(sides.keySet());
            there.remove(Side.TAILRACE);
            throw new UnavailableException("it is not compared with " + String.join(", ", references) + "; there are "
                    + String.join("; ", there));
        }
        chosen.keySet().removeIf(side -> !contest.takesPart(side, load));
        return chosen;
    }
}
