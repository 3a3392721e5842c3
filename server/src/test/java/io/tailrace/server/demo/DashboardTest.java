package io.tailrace.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.server.demo.input.ActivitySource;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Progress is painted in place on a terminal, and one line at a time elsewhere. */
class DashboardTest {
    private static final AnalyticsSnapshot ANALYTICS = new AnalyticsSnapshot(
            30,
            1_500_000,
            3,
            2,
            Map.of("view", 20L, "asset", 10L),
            List.of(new AnalyticsSnapshot.PageCount("/a\u001b[2Jb", 20)));

    private final StringWriter text = new StringWriter();

    @Test
    void paintsOverTheSameLinesOfATerminal() {
        Dashboard dashboard = new Dashboard(new PrintWriter(text), true);
        dashboard.show(progress(OptionalLong.of(200), null));
        dashboard.show(progress(OptionalLong.of(200), ANALYTICS));
        dashboard.show(progress(OptionalLong.of(200), ANALYTICS));

        long lines = text.toString()
                .split("\u001b\\[8A", -1)[1]
                .chars()
                .filter(c -> c == '\n')
                .count();
        assertThat(text.toString())
                .contains("[####################....................]  50 %")
                .contains("\u001b[4A");
        assertThat(lines).isEqualTo(8);
    }

    @Test
    void keepsControlCharactersOfPagesFromTheTerminal() {
        new Dashboard(new PrintWriter(text), true).show(progress(OptionalLong.of(200), ANALYTICS));

        assertThat(text.toString()).contains("/a?[2Jb").contains("1.5 MB served");
    }

    @Test
    void printsALineElsewhere() {
        Dashboard dashboard = new Dashboard(new PrintWriter(text), false);
        dashboard.show(progress(OptionalLong.of(200), ANALYTICS));
        dashboard.show(progress(OptionalLong.empty(), null));

        assertThat(text.toString().lines())
                .containsExactly(
                        "50 % read 40, written 35, in the stream 33, 30 analysed",
                        "read 40, written 35, in the stream 33, analytics not up yet");
    }

    private static DemoProgress progress(OptionalLong total, AnalyticsSnapshot analytics) {
        return new DemoProgress(new ActivitySource.Progress(100, total, "bytes"), 40, 35, 33, analytics);
    }
}
