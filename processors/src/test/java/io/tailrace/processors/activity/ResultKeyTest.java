package io.tailrace.processors.activity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** Proves that keys of results are read as they were written, and are in order of time. */
class ResultKeyTest {
    private static final long YEAR_10000 = 253_402_300_800_000L;

    @Property
    void keysSurviveARoundTrip(
            @ForAll @LongRange(min = -YEAR_10000, max = YEAR_10000) long minute, @ForAll byte[] name) {
        String text = new String(name, StandardCharsets.UTF_8);
        for (ResultKey key : new ResultKey[] {
            ResultKey.total(),
            ResultKey.ofType(text),
            ResultKey.ofPage(text),
            ResultKey.ofMinute(minute),
            ResultKey.ofMinuteAndType(minute, text)
        }) {
            assertThat(ResultKey.fromBytes(key.toBytes())).isEqualTo(key);
        }
    }

    @Property
    void keysAreInOrderOfTime(
            @ForAll @LongRange(min = -YEAR_10000, max = YEAR_10000) long one,
            @ForAll @LongRange(min = -YEAR_10000, max = YEAR_10000) long other) {
        int order = ResultKey.ofMinuteAndType(one, "t")
                .toBytes()
                .compareTo(ResultKey.ofMinuteAndType(other, "t").toBytes());
        assertThat(Integer.signum(order)).isEqualTo(Long.compare(one, other));
    }
}
