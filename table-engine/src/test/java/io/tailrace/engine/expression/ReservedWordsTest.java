package io.tailrace.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Proves that the list of reserved words is whole, and is asked without regard to case. */
class ReservedWordsTest {
    @Test
    void thereAre573() {
        assertThat(ReservedWords.all()).hasSize(573).contains("ABORT", "SIZE", "STATUS", "CONVERT", "ZONE");
    }

    @Test
    void caseDoesNotMatter() {
        assertThat(ReservedWords.contains("status")).isTrue();
        assertThat(ReservedWords.contains("Initially")).isTrue();
        assertThat(ReservedWords.contains("statuses")).isFalse();
    }
}
