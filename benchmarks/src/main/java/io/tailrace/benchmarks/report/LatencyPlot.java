package io.tailrace.benchmarks.report;

import io.tailrace.benchmarks.core.Figure;
import io.tailrace.benchmarks.core.Outcome;
import io.tailrace.benchmarks.core.Outcome.AtLoad;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Latency by load as an SVG picture: for each side p50 dashed and p99 solid, on a logarithmic scale. */
final class LatencyPlot {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 300;
    private static final int LEFT = 80;
    private static final int RIGHT = 190;
    private static final int TOP = 20;
    private static final int BOTTOM = 40;
    private static final List<String> COLOURS = List.of("#0b6bcb", "#d9730d", "#6b7785", "#8a3ffc");
    private static final List<Figure> FIGURES = List.of(Figure.P50, Figure.P99);

    private final Outcome outcome;
    private final StringBuilder svg = new StringBuilder();
    private final double lowest;
    private final double highest;

    private LatencyPlot(Outcome outcome, List<Double> values) {
        this.outcome = outcome;
        lowest = Math.pow(
                10, Math.floor(Math.log10(values.stream().min(Double::compare).orElseThrow())));
        highest = Math.max(
                lowest * 10,
                Math.pow(
                        10,
                        Math.ceil(
                                Math.log10(values.stream().max(Double::compare).orElseThrow()))));
    }

    /** Empty where no latencies were measured. */
    static String of(Outcome outcome) {
        List<Double> values = new ArrayList<>();
        for (AtLoad atLoad : outcome.loads()) {
            for (String side : atLoad.samples().keySet()) {
                FIGURES.forEach(
                        figure -> atLoad.median(side, figure).ifPresent(value -> values.add(Math.max(1, value))));
            }
        }
        return values.isEmpty() ? "" : new LatencyPlot(outcome, values).draw();
    }

    private String draw() {
        svg.append(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" font-size=\"12\" "
                        + "fill=\"#51606f\"><title>latency by load</title>%n",
                WIDTH,
                HEIGHT,
                WIDTH,
                HEIGHT));
        drawAxes();
        List<String> sides = outcome.loads().stream()
                .flatMap(load -> load.samples().keySet().stream())
                .distinct()
                .toList();
        for (int side = 0; side < sides.size(); side++) {
            String colour = COLOURS.get(side % COLOURS.size());
            for (int figure = 0; figure < FIGURES.size(); figure++) {
                drawLine(sides.get(side), FIGURES.get(figure), colour, side * FIGURES.size() + figure);
            }
        }
        return svg.append("</svg>\n").toString();
    }

    private void drawAxes() {
        for (double value = lowest; value <= highest * 1.001; value *= 10) {
            line(LEFT, y(value), WIDTH - RIGHT, y(value), "#e3e8ee", "");
            text(LEFT - 8, y(value) + 4, "end", Figure.P99.format(value));
        }
        List<AtLoad> loads = outcome.loads();
        for (int i = 0; i < loads.size(); i++) {
            text(x(i), HEIGHT - BOTTOM + 20, "middle", loads.get(i).load().label());
        }
    }

    private void drawLine(String side, Figure figure, String colour, int place) {
        String dashes = figure == Figure.P50 ? "stroke-dasharray=\"5 4\"" : "";
        double beforeX = Double.NaN;
        double beforeY = Double.NaN;
        for (int i = 0; i < outcome.loads().size(); i++) {
            OptionalDouble value = outcome.loads().get(i).median(side, figure);
            if (value.isEmpty()) {
                continue;
            }
            double y = y(Math.max(1, value.getAsDouble()));
            if (!Double.isNaN(beforeX)) {
                line(beforeX, beforeY, x(i), y, colour, dashes);
            }
            svg.append(String.format(
                    Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>%n", x(i), y, colour));
            beforeX = x(i);
            beforeY = y;
        }
        int legendY = TOP + 12 + place * 20;
        line(WIDTH - RIGHT + 20, legendY, WIDTH - RIGHT + 48, legendY, colour, dashes);
        text(WIDTH - RIGHT + 56, legendY + 4, "start", side + " " + figure.label());
    }

    private double x(int place) {
        int loads = outcome.loads().size();
        double width = WIDTH - LEFT - RIGHT;
        return LEFT + width * (place + 0.5) / loads;
    }

    private double y(double value) {
        double share = (Math.log10(value) - Math.log10(lowest)) / (Math.log10(highest) - Math.log10(lowest));
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
    }

    private void line(double x1, double y1, double x2, double y2, String colour, String more) {
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"1.5\" %s/>%n",
                x1,
                y1,
                x2,
                y2,
                colour,
                more));
    }

    private void text(double x, double y, String anchor, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                x,
                y,
                anchor,
                HtmlReport.escaped(text)));
    }
}
