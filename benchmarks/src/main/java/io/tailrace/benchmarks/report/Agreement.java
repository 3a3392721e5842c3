package io.tailrace.benchmarks.report;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailrace.benchmarks.core.Figure;
import io.tailrace.benchmarks.core.Spread;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Whether two runs tell the same: each ratio's least to most of one beside the other's. */
public final class Agreement {
    private static final List<String> HEADINGS = List.of("benchmark", "load", "figure", "", "first", "second", "");
    private static final Set<Integer> RIGHT = Set.of(4, 5);

    private final Told first;
    private final Told second;

    private Agreement(Told first, Told second) {
        this.first = first;
        this.second = second;
    }

    /**
     * What a run's file says.
     *
     * @param rounds behind each ratio
     */
    private record Told(int rounds, Map<Key, Ratio> ratios) {}

    private record Key(String benchmark, String load, String figure, String reference) {}

    /**
     * @param met null where nothing is promised
     */
    private record Ratio(Spread spread, Boolean met) {
        boolean overlaps(Ratio other) {
            return spread.least() <= other.spread.most() && other.spread.least() <= spread.most();
        }

        boolean isPromised() {
            return met != null;
        }

        @Override
        public String toString() {
            return "%s (%s–%s)"
                    .formatted(
                            RatioTable.ratio(spread.median()),
                            RatioTable.ratio(spread.least()),
                            RatioTable.ratio(spread.most()));
        }
    }

    /**
     * Of two runs' files as {@link JsonReport} writes them.
     *
     * @throws IOException when one cannot be read, or is no such file
     */
    public static Agreement of(Path first, Path second) throws IOException {
        return new Agreement(read(first), read(second));
    }

    /** Prints the ratios that do not overlap, the targets that one run meets and the other does not, and the sums. */
    public void print(PrintWriter out) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        int shared = 0;
        int apart = 0;
        int promised = 0;
        int split = 0;
        for (Map.Entry<Key, Ratio> entry : first.ratios().entrySet()) {
            Ratio one = entry.getValue();
            Ratio other = second.ratios().get(entry.getKey());
            if (other == null) {
                continue;
            }
            shared++;
            boolean overlap = one.overlaps(other);
            boolean sameVerdict = !one.isPromised() || one.met().equals(other.met());
            apart += overlap ? 0 : 1;
            promised += one.isPromised() ? 1 : 0;
            split += sameVerdict ? 0 : 1;
            if (!overlap || !sameVerdict) {
                rows.add(row(entry.getKey(), one, other, verdict(overlap, sameVerdict)));
            }
        }
        if (rows.size() > 1) {
            TextTable.print(out, rows, RIGHT);
            out.println();
        }
        out.printf(
                "%d ratios in both runs: least to most overlap in %d and do not in %d.%n",
                shared, shared - apart, apart);
        out.printf(
                "By chance alone %.0f %% of them would not, as one run has %d rounds and the other %d.%n",
                100 * apartByChance(first.rounds(), second.rounds()), first.rounds(), second.rounds());
        out.printf(
                "%d targets in both runs: %d come out alike, %d are met in one run only.%n",
                promised, promised - split, split);
        long alone = first.ratios().size() + second.ratios().size() - 2L * shared;
        if (alone > 0) {
            out.printf("%d ratios are in one of the runs only.%n", alone);
        }
    }

    /** The share of pairs in which all of one side's are below all of the other's, though both are drawn from the same. */
    private static double apartByChance(int rounds, int others) {
        double orders = 1;
        for (int i = 1; i <= rounds; i++) {
            orders *= (double) (others + i) / i;
        }
        return 2 / orders;
    }

    private static String verdict(boolean overlap, boolean sameVerdict) {
        if (overlap) {
            return "target met in one";
        }
        return sameVerdict ? "apart" : "apart, target met in one";
    }

    private static List<String> row(Key key, Ratio one, Ratio other, String verdict) {
        return List.of(
                key.benchmark(),
                key.load(),
                Figure.valueOf(key.figure().toUpperCase(Locale.ROOT)).label(),
                key.reference(),
                one.toString(),
                other.toString(),
                verdict);
    }

    private static Told read(Path file) throws IOException {
        JsonNode run;
        try {
            run = new ObjectMapper().readTree(file.toFile());
        } catch (JacksonException garbage) {
            throw new IOException(file + " is not JSON: " + garbage.getOriginalMessage(), garbage);
        }
        int rounds = run.path("rounds").asInt();
        if (rounds < 1 || !run.path("benchmarks").isArray()) {
            throw new IOException(file + " was not written by 'tailrace bench --json'");
        }
        Map<Key, Ratio> ratios = new LinkedHashMap<>();
        for (JsonNode benchmark : run.path("benchmarks")) {
            for (JsonNode ratio : benchmark.path("ratios")) {
                ratios.put(
                        new Key(
                                benchmark.path("name").asText(),
                                ratio.path("load").asText(),
                                ratio.path("figure").asText(),
                                ratio.path("reference").asText()),
                        new Ratio(
                                new Spread(
                                        ratio.path("median").asDouble(),
                                        ratio.path("least").asDouble(),
                                        ratio.path("most").asDouble()),
                                ratio.has("met") ? ratio.path("met").asBoolean() : null));
            }
        }
        return new Told(rounds, ratios);
    }
}
