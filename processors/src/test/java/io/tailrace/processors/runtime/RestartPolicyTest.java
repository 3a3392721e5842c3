package io.tailrace.processors.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Proves that pauses between starts grow to a limit and begin anew after a time without errors. */
class RestartPolicyTest {
    @Test
    void pausesDoubleUpToTheLimit() {
        RestartPolicy policy = new RestartPolicy();
        assertThat(policy.pauseAfter(0)).isEqualTo(RestartPolicy.FIRST_PAUSE_MILLIS);
        assertThat(policy.pauseAfter(0)).isEqualTo(2 * RestartPolicy.FIRST_PAUSE_MILLIS);
        for (int i = 0; i < 20; i++) {
            policy.pauseAfter(RestartPolicy.WELL_AFTER_MILLIS - 1);
        }
        assertThat(policy.pauseAfter(0)).isEqualTo(RestartPolicy.MAX_PAUSE_MILLIS);
        assertThat(policy.pauseAfter(RestartPolicy.WELL_AFTER_MILLIS)).isEqualTo(RestartPolicy.FIRST_PAUSE_MILLIS);
    }
}
