package io.tailrace.processors.activity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Proves that sessions depend on the activities only, not on the order in which they come. */
class SessionModelTest {
    private static final Instant START = Instant.parse("2015-05-17T00:00:00Z");
    private static final Duration GAP = ActivityConfig.DEFAULT.sessionGap();

    @Property(tries = 20)
    void sessionsAreThoseOfTheSortedActivities(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 900) Integer> minutes,
            @ForAll @LongRange(min = 0, max = 1_000_000_000) long seed) {
        List<Integer> shuffled = new ArrayList<>(minutes);
        Collections.shuffle(shuffled, new Random(seed));
        try (ActivityDriver activity = new ActivityDriver()) {
            for (int minute : shuffled) {
                activity.act("ada", START.plus(Duration.ofMinutes(minute)).toString(), "view", "/a", 1);
            }
            activity.publish();

            List<UserSession> expected = sessions(minutes);
            assertThat(activity.queries().sessions("ada", Integer.MAX_VALUE)).isEqualTo(expected);
            assertThat(activity.queries().summary().sessions()).isEqualTo(expected.size());
            assertThat(activity.queries().summary().sessionLength())
                    .isEqualTo(expected.stream().map(UserSession::length).reduce(Duration.ZERO, Duration::plus));
            assertThat(activity.queries().totals().sessionActions()).isEqualTo(minutes.size());
            assertThat(activity.analyticsItems("Sessions#")).isEqualTo(expected.size());
        }
    }

    private static List<UserSession> sessions(List<Integer> minutes) {
        List<UserSession> sessions = new ArrayList<>();
        for (int minute : minutes.stream().sorted().toList()) {
            Instant time = START.plus(Duration.ofMinutes(minute));
            UserSession one = new UserSession("ada", time, time, 1);
            int last = sessions.size() - 1;
            boolean continues = last >= 0 && !sessions.get(last).end().plus(GAP).isBefore(time);
            if (continues) {
                sessions.set(last, sessions.get(last).merge(one));
            } else {
                sessions.add(one);
            }
        }
        return sessions;
    }
}
