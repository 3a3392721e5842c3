package io.tailrace.processors.activity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Proves that any text makes a valid and distinct key of the analytics table. */
class AnalyticsItemsTest {
    @Test
    void textsThatFitStayAsTheyAre() {
        assertThat(AnalyticsItems.bounded("/page", 10)).isEqualTo("/page");
        assertThat(AnalyticsItems.bounded("x".repeat(1024), 1024)).hasSize(1024);
    }

    @Test
    void anEmptyTextIsADash() {
        assertThat(AnalyticsItems.bounded("", 10)).isEqualTo("-");
    }

    @Test
    void longTextsAreCutBetweenCharactersAndStayDistinct() {
        String euros = "\u20ac".repeat(700);
        String cut = AnalyticsItems.bounded(euros + "a", 1024);
        assertThat(cut).startsWith("\u20ac\u20ac").isNotEqualTo(AnalyticsItems.bounded(euros + "b", 1024));
        assertThat(cut.getBytes(StandardCharsets.UTF_8).length).isBetween(1021, 1024);
        assertThat(cut).doesNotContain("\ufffd");
    }
}
