package io.tailrace.server.demo.input;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Activities of a made-up shop: visitors come at random, a few of them often and most of them rarely, look at pages with
 * log-normal pauses, load assets, search, buy now and then and leave. The same seed gives the same activities. One
 * activity in a hundred is handed out late, as logs of several machines are.
 */
public final class GeneratedSource implements ActivitySource {
    /** A fixed day, so that the same seed gives the same keys whenever it is run. */
    private static final Instant FIRST_SESSION = Instant.parse("2026-01-05T08:00:00Z");

    private static final Duration MEAN_TIME_BETWEEN_SESSIONS = Duration.ofSeconds(12);
    private static final double MEDIAN_PAUSE_SECONDS = 18;
    private static final double PAUSE_SPREAD = 1.1;
    private static final double CHANCE_TO_LEAVE = 0.11;
    private static final double CHANCE_TO_BE_LATE = 0.01;
    private static final int MAX_LATENESS_ACTIVITIES = 200;
    private static final int PRODUCTS = 120;
    private static final List<String> PLACES = List.of("/", "/products", "/search", "/offers", "/help", "/blog");
    private static final List<String> ASSETS = List.of("/static/site.css", "/static/app.js", "/static/logo.svg");
    private static final List<String> AGENTS = List.of(
            "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5) Safari/605.1",
            "Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/140.0");

    private final long seed;
    private final long count;
    private final int users;
    private final SplittableRandom random;
    private final PriorityQueue<Session> sessions = new PriorityQueue<>();
    private final PriorityQueue<Delayed> delayed = new PriorityQueue<>();
    private Instant nextSessionStart = FIRST_SESSION;
    private long sessionsStarted;
    private long made;
    private long handedOut;

    /** {@code count} activities of visitors who come again and again, {@code users} of them at most. */
    public GeneratedSource(long seed, long count, int users) {
        this.seed = seed;
        this.count = count;
        this.users = users;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public Activity next() {
        if (handedOut == count) {
            return null;
        }
        while (true) {
            boolean isDelayedDue = !delayed.isEmpty() && (made == count || delayed.peek().due <= made);
            Activity activity = isDelayedDue ? delayed.poll().activity : make();
            if (!isDelayedDue && made < count && random.nextDouble() < CHANCE_TO_BE_LATE) {
                delayed.add(new Delayed(made + 1 + random.nextInt(MAX_LATENESS_ACTIVITIES), activity));
                continue;
            }
            handedOut++;
            return activity;
        }
    }

    @Override
    public long linesRead() {
        return handedOut;
    }

    @Override
    public long malformedLines() {
        return 0;
    }

    @Override
    public Progress progress() {
        return new Progress(handedOut, OptionalLong.of(count), "activities");
    }

    @Override
    public String description() {
        return String.format(Locale.ROOT, "%,d generated activities (seed %d)", count, seed);
    }

    @Override
    public void close() {
        // holds nothing
    }

    private Activity make() {
        while (sessions.isEmpty() || sessions.peek().now.isAfter(nextSessionStart)) {
            sessions.add(new Session(sessionsStarted++, nextSessionStart, visitor()));
            double gap = -Math.log(1 - random.nextDouble()) * MEAN_TIME_BETWEEN_SESSIONS.toMillis();
            nextSessionStart = nextSessionStart.plusMillis(1 + (long) gap);
        }
        Session session = sessions.poll();
        made++;
        Activity activity = session.act(made);
        if (session.assetsLeft > 0) {
            session.now = session.now.plusMillis(20 + random.nextInt(400));
            sessions.add(session);
        } else if (random.nextDouble() >= CHANCE_TO_LEAVE) {
            double pause = MEDIAN_PAUSE_SECONDS * Math.exp(PAUSE_SPREAD * gaussian());
            session.now = session.now.plusMillis(500 + (long) (pause * 1_000));
            sessions.add(session);
        }
        return activity;
    }

    /** Squaring the draw makes low numbers frequent: some visitors come daily, most once. */
    private String visitor() {
        double draw = random.nextDouble();
        return String.format(Locale.ROOT, "user-%05d", (int) (draw * draw * users));
    }

    /** Box-Muller; the JDK's own is not promised to stay the same for a seed. */
    private double gaussian() {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    private record Delayed(long due, Activity activity) implements Comparable<Delayed> {
        @Override
        public int compareTo(Delayed other) {
            return due != other.due
                    ? Long.compare(due, other.due)
                    : Long.compare(activity.ordinal(), other.activity.ordinal());
        }
    }

    /** One visit; ordered by when it acts next. */
    private final class Session implements Comparable<Session> {
        private final long number;
        private final String user;
        private final String agent = AGENTS.get(random.nextInt(AGENTS.size()));
        private Instant now;
        private String referrer;
        private int assetsLeft = ASSETS.size();
        private boolean started;
        private String product;

        Session(long number, Instant start, String user) {
            this.number = number;
            this.now = start;
            this.user = user;
        }

        Activity act(long ordinal) {
            if (started && assetsLeft > 0) {
                String asset = ASSETS.get(--assetsLeft);
                return activity(
                        ordinal, "GET", asset, random.nextInt(4) == 0 ? 304 : 200, 2_000 + random.nextInt(60_000));
            }
            started = true;
            return visit(ordinal);
        }

        private Activity visit(long ordinal) {
            int draw = random.nextInt(100);
            Activity activity;
            if (draw < 2) {
                activity = activity(ordinal, "GET", "/products/" + (PRODUCTS + random.nextInt(40)), 404, 512);
            } else if (draw < 10 && product != null) {
                activity = activity(ordinal, "POST", random.nextInt(3) == 0 ? "/checkout" : "/cart", 200, 640);
            } else if (draw < 12) {
                activity = activity(ordinal, "GET", "/downloads/catalogue.pdf", 200, 1_200_000);
            } else if (draw < 60) {
                double popularity = random.nextDouble();
                product = "/products/" + (int) (popularity * popularity * popularity * PRODUCTS);
                activity = activity(ordinal, "GET", product, 200, 8_000 + random.nextInt(24_000));
            } else {
                String place = PLACES.get(random.nextInt(PLACES.size()));
                activity = activity(ordinal, "GET", place, 200, 4_000 + random.nextInt(12_000));
            }
            referrer = activity.page();
            return activity;
        }

        private Activity activity(long ordinal, String method, String page, int status, int bytes) {
            return new Activity(ordinal, user, now, method, page, status, status == 304 ? 0 : bytes, referrer, agent);
        }

        @Override
        public int compareTo(Session other) {
            int byTime = now.compareTo(other.now);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }
}
