package io.tailrace.server.demo;

import io.tailrace.server.demo.input.ActivitySource;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * One run of the demo: writes a source's activities, waits until stream, index and analytics show them all, sums up and,
 * when asked, reconciles.
 */
final class Demo implements AutoCloseable {
    private static final int PAGES_SHOWN = 5;
    private static final Duration POLL = Duration.ofMillis(200);
    /** Counting an index reads all of it: not while other numbers already say that it cannot be complete. */
    private static final long NOT_COUNTED = -1;

    private final ActivityTables tables;
    private final AdminClient admin;
    private final StreamWatcher stream;
    private final VisibilityClock streamClock;
    private final VisibilityClock indexClock = new VisibilityClock();
    private final IndexProbe indexProbe;
    private final Ingest ingest;
    private final Dashboard dashboard;
    private final PrintWriter out;
    private final Duration showEvery;
    private final Duration patience;
    private long lastShownNanos;

    /** @param patience how long to wait while nothing moves before giving up */
    Demo(
            ActivityTables tables,
            AdminClient admin,
            StreamWatcher stream,
            VisibilityClock streamClock,
            PrintWriter out,
            boolean isTerminal,
            Duration patience) {
        this.tables = tables;
        this.admin = admin;
        this.stream = stream;
        this.streamClock = streamClock;
        this.indexProbe = new IndexProbe(tables, indexClock);
        this.ingest = new Ingest(tables, streamClock, indexProbe);
        this.out = out;
        this.dashboard = new Dashboard(out, isTerminal);
        this.showEvery = isTerminal ? Duration.ofMillis(250) : Duration.ofSeconds(1);
        this.patience = patience;
    }

    /** Writes everything and waits until it is visible everywhere, or until nothing has moved for too long. */
    void run(ActivitySource source) throws IOException {
        tables.createMissing();
        stream.start();
        indexProbe.start();
        ingest.run(source, () -> showIfDue(source));
        awaitVisible(source);
        show(source, admin.snapshot(PAGES_SHOWN));
    }

    /** What was read and written, and how quickly it was visible. */
    void printSummary(ActivitySource source) {
        out.println();
        out.println("Summary");
        print("lines read", source.linesRead());
        print("malformed", source.malformedLines());
        print("items written", ingest.written());
        print("stream records", stream.inserts() + stream.others());
        print("index entries", tables.countIndex());
        Optional<AnalyticsSnapshot> analytics = admin.snapshot(PAGES_SHOWN);
        analytics.ifPresent(snapshot -> {
            print("analysed", snapshot.events());
            print("users", snapshot.users());
            print("sessions", snapshot.sessions());
            print("bytes served", snapshot.bytes());
        });
        String nothingNew = "nothing new was written";
        out.printf(
                Locale.ROOT,
                "  acknowledged to visible in the stream: %s%n",
                streamClock.summary().orElse(nothingNew));
        out.printf(
                Locale.ROOT,
                "  acknowledged to visible in the index:  %s%n",
                indexClock.summary().orElse(nothingNew));
        out.flush();
    }

    /** Compares everything with the input until it agrees or stays as it is; what differs, in words. */
    List<String> reconcile() {
        List<String> differences = compare();
        long movedNanos = System.nanoTime();
        while (!differences.isEmpty() && System.nanoTime() - movedNanos < patience.toNanos()) {
            LockSupport.parkNanos(POLL.toNanos());
            List<String> now = compare();
            if (!now.equals(differences)) {
                movedNanos = System.nanoTime();
                differences = now;
            }
        }
        return differences;
    }

    private List<String> compare() {
        Tally input = ingest.tally();
        Reconciliation reconciliation = new Reconciliation();
        reconciliation.expect("items written", input.activities(), ingest.written());
        reconciliation.expect("items in the table", input, tables.tallyOfTable());
        reconciliation.expect("entries in the index", input, tables.tallyOfIndex());
        reconciliation.expect("INSERT records in the stream", input.activities(), stream.inserts());
        reconciliation.expect("records in the stream that came twice", 0, stream.repeated());
        Optional<AnalyticsTotals> totals = admin.totals();
        if (totals.isEmpty()) {
            reconciliation.unanswered("the analytics");
        } else {
            reconcile(reconciliation, input, totals.get());
        }
        reconciliation.expect("analytics table, type", input.byType(), tables.analyticsActions("ActionsPerType"));
        reconciliation.expect("analytics table, page", input.byPage(), tables.analyticsActions("Pages"));
        return reconciliation.differences();
    }

    /** The run as a whole; the analytics' totals are empty when they do not answer. */
    DemoReport report(ActivitySource source, List<String> differences) {
        Optional<AnalyticsTotals> totals = admin.totals();
        return new DemoReport(
                source.linesRead(),
                source.malformedLines(),
                ingest.written(),
                stream.inserts(),
                tables.countIndex(),
                totals.map(AnalyticsTotals::bytes).orElse(0L),
                totals.map(AnalyticsTotals::sessions).orElse(0L),
                totals.map(AnalyticsTotals::byType).orElse(Map.of()),
                totals.map(AnalyticsTotals::byPage).orElse(Map.of()),
                differences);
    }

    @Override
    public void close() {
        indexProbe.close();
        stream.close();
        tables.close();
    }

    private static void reconcile(Reconciliation reconciliation, Tally input, AnalyticsTotals totals) {
        long activities = input.activities();
        reconciliation.expect("analytics, events", activities, totals.events());
        reconciliation.expect("analytics, sum over minutes", activities, totals.minuteActions());
        reconciliation.expect("analytics, sum over minutes and types", activities, totals.minuteTypeActions());
        reconciliation.expect("analytics, sum over sessions", activities, totals.sessionActions());
        reconciliation.expect("analytics, type", input.byType(), totals.byType());
        reconciliation.expect("analytics, page", input.byPage(), totals.byPage());
        reconciliation.expect("analytics, bytes", input.bytes(), totals.bytes());
        reconciliation.expect("analytics, bytes over minutes", input.bytes(), totals.minuteBytes());
        reconciliation.expect("analytics, bytes over types", input.bytes(), totals.typeBytes());
        reconciliation.expect("analytics, bytes over pages", input.bytes(), totals.pageBytes());
    }

    /** The written-back table comes last; its total is the last thing to arrive. */
    private void awaitVisible(ActivitySource source) {
        long expected = ingest.tally().activities();
        Visible seen = Visible.NOTHING;
        long movedNanos = System.nanoTime();
        while (!seen.isAll(expected) && System.nanoTime() - movedNanos < patience.toNanos()) {
            LockSupport.parkNanos(POLL.toNanos());
            Optional<AnalyticsSnapshot> analytics = admin.snapshot(PAGES_SHOWN);
            if (isShowDue()) {
                show(source, analytics);
            }
            Visible now = look(expected, analytics);
            if (!now.equals(seen)) {
                movedNanos = System.nanoTime();
                seen = now;
            }
        }
    }

    private Visible look(long expected, Optional<AnalyticsSnapshot> analytics) {
        long streamed = stream.inserts();
        long analysed = analytics.map(AnalyticsSnapshot::events).orElse(-1L);
        long writtenBack = tables.analyticsActions("Totals").getOrDefault("all", 0L);
        long indexed = streamed >= expected ? tables.countIndex() : NOT_COUNTED;
        return new Visible(streamed, indexed, analysed, writtenBack);
    }

    private void showIfDue(ActivitySource source) {
        if (isShowDue()) {
            show(source, admin.snapshot(PAGES_SHOWN));
        }
    }

    private boolean isShowDue() {
        return System.nanoTime() - lastShownNanos >= showEvery.toNanos() || lastShownNanos == 0;
    }

    private void show(ActivitySource source, Optional<AnalyticsSnapshot> analytics) {
        dashboard.show(new DemoProgress(
                source.progress(), source.linesRead(), ingest.written(), stream.inserts(), analytics.orElse(null)));
        lastShownNanos = System.nanoTime();
    }

    private void print(String label, long value) {
        out.printf(Locale.ROOT, "  %-16s %,14d%n", label, value);
        out.flush();
    }

    /** How much has arrived in each place. */
    private record Visible(long streamed, long indexed, long analysed, long writtenBack) {
        static final Visible NOTHING = new Visible(-1, -1, -1, -1);

        boolean isAll(long expected) {
            return streamed >= expected && indexed >= expected && analysed >= expected && writtenBack >= expected;
        }
    }
}
