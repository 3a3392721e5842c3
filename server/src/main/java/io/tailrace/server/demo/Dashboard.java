package io.tailrace.server.demo;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Shows the demo's progress: on a terminal a block of lines that is painted over in place, elsewhere a line now and then.
 * For one thread.
 */
final class Dashboard {
    private static final int BAR_WIDTH = 40;
    private static final int TYPE_BAR_WIDTH = 30;
    private static final int MAX_PAGES = 5;
    private static final int MAX_PAGE_LENGTH = 60;
    /** ANSI: the beginning of a command; clear to the line's end. */
    private static final String ESCAPE = "\u001b[";

    private static final String CLEAR_LINE = ESCAPE + "K";

    private final PrintWriter out;
    private final boolean isTerminal;
    private int linesOnScreen;

    Dashboard(PrintWriter out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    void show(DemoProgress progress) {
        if (!isTerminal) {
            out.println(line(progress));
            out.flush();
            return;
        }
        StringBuilder screen = new StringBuilder();
        if (linesOnScreen > 0) {
            screen.append('\r').append(ESCAPE).append(linesOnScreen).append('A'); // up so many lines
        }
        List<String> lines = block(progress);
        for (String line : lines) {
            screen.append(line).append(CLEAR_LINE).append('\n');
        }
        for (int surplus = lines.size(); surplus < linesOnScreen; surplus++) {
            screen.append(CLEAR_LINE).append('\n');
        }
        linesOnScreen = Math.max(linesOnScreen, lines.size());
        out.print(screen);
        out.flush();
    }

    private static String line(DemoProgress progress) {
        String percent = progress.percentRead() < 0 ? "" : progress.percentRead() + " % ";
        String analysed = progress.analytics() == null
                ? "analytics not up yet"
                : String.format(
                        Locale.ROOT, "%,d analysed", progress.analytics().events());
        return String.format(
                Locale.ROOT,
                "%sread %,d, written %,d, in the stream %,d, %s",
                percent,
                progress.read(),
                progress.written(),
                progress.streamed(),
                analysed);
    }

    private static List<String> block(DemoProgress progress) {
        List<String> lines = new ArrayList<>();
        lines.add(bar(progress));
        lines.add(String.format(
                Locale.ROOT,
                "  read %,d   written %,d   in the stream %,d",
                progress.read(),
                progress.written(),
                progress.streamed()));
        lines.add("");
        AnalyticsSnapshot analytics = progress.analytics();
        if (analytics == null) {
            lines.add("  The analytics come as soon as the processors are up.");
            return lines;
        }
        lines.add(String.format(
                Locale.ROOT,
                "  %,d activities   %,d sessions   %s served",
                analytics.events(),
                analytics.sessions(),
                humanBytes(analytics.bytes())));
        addTypes(lines, analytics.byType());
        lines.add("");
        for (AnalyticsSnapshot.PageCount page : analytics
                .topPages()
                .subList(0, Math.min(MAX_PAGES, analytics.topPages().size()))) {
            lines.add(String.format(Locale.ROOT, "  %,8d  %s", page.visits(), shortened(page.page())));
        }
        return lines;
    }

    private static String bar(DemoProgress progress) {
        int percent = progress.percentRead();
        if (percent < 0) {
            return String.format(
                    Locale.ROOT,
                    "  reading: %,d %s",
                    progress.input().done(),
                    progress.input().unit());
        }
        int filled = percent * BAR_WIDTH / 100;
        return String.format(
                Locale.ROOT, "  [%s%s] %3d %%", "#".repeat(filled), ".".repeat(BAR_WIDTH - filled), percent);
    }

    private static void addTypes(List<String> lines, Map<String, Long> byType) {
        long most = byType.values().stream().max(Comparator.naturalOrder()).orElse(1L);
        byType.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(type -> lines.add(
                        String.format(Locale.ROOT, "  %,8d  %-10s %s", type.getValue(), type.getKey(), "#".repeat((int)
                                        (type.getValue() * TYPE_BAR_WIDTH / most)))));
    }

    static String humanBytes(long bytes) {
        String[] units = {"B", "kB", "MB", "GB", "TB"};
        double value = bytes;
        int unit = 0;
        while (value >= 1000 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, units[unit]);
    }

    /** Long pages would wrap and spoil the painting in place; control characters would spoil the terminal. */
    private static String shortened(String page) {
        String printable = page.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= MAX_PAGE_LENGTH ? printable : printable.substring(0, MAX_PAGE_LENGTH - 1) + "…";
    }
}
