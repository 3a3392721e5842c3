package io.tailrace.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every difference between two counts is named with both sides; equal counts say nothing. */
class ReconciliationTest {
    private final Reconciliation reconciliation = new Reconciliation();

    @Test
    void saysNothingWhenEverythingAgrees() {
        reconciliation.expect("items", tally("view", "/", 10), tally("view", "/", 10));

        assertThat(reconciliation.differences()).isEmpty();
    }

    @Test
    void namesWhatDiffersAndByHowMuch() {
        reconciliation.expect("records", 10_000, 9_999);

        assertThat(reconciliation.differences()).containsExactly("records: 9,999, but the input has 10,000 (-1)");
    }

    @Test
    void noticesThatOneSideLacksOrHasMore() {
        reconciliation.expect("items", tally("view", "/a", 10), tally("asset", "/b", 11));

        assertThat(reconciliation.differences())
                .containsExactly(
                        "items, bytes: 11, but the input has 10 (+1)",
                        "items, type 'asset': 1, but the input has 0 (+1)",
                        "items, type 'view': 0, but the input has 1 (-1)",
                        "items, page '/a': 0, but the input has 1 (-1)",
                        "items, page '/b': 1, but the input has 0 (+1)");
    }

    @Test
    void doesNotFloodThePersonWithDifferences() {
        Map<String, Long> many = new TreeMap<>();
        for (int i = 0; i < 100; i++) {
            many.put("/" + i, 1L);
        }
        reconciliation.expect("page", many, Map.of());

        assertThat(reconciliation.differences()).hasSize(11).last().isEqualTo("page: and 90 more");
    }

    private static Tally tally(String type, String page, long bytes) {
        Tally tally = new Tally();
        tally.add(type, page, bytes);
        return tally;
    }
}
