package io.tailrace.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.engine.Durability;
import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts become values of their type or are refused, and every value's text is read as the same value. */
final class SettingTypeTest {
    private static final SettingType<Duration> DURATION = SettingType.duration(Duration.ZERO, Duration.ofDays(100_000));
    private static final SettingType<Long> BYTES = SettingType.bytes(0, Long.MAX_VALUE);

    @ParameterizedTest
    @CsvSource({"250ms, PT0.25S", "3s, PT3S", "3 s, PT3S", "90m, PT90M", "24h, PT24H", "7d, PT168H", "0s, PT0S"})
    void readsTimes(String text, Duration expected) {
        assertThat(DURATION.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-1s", "1.5s", "5S", "5 weeks", "999999999999999999d", "0x5s"})
    void refusesOtherTimes(String text) {
        assertThatThrownBy(() -> DURATION.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "17, 17", "17b, 17", "2kb, 2048", "3MB, 3145728", "1 gb, 1073741824"})
    void readsSizes(String text, long expected) {
        assertThat(BYTES.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "kb", "-1", "1.5mb", "1tb", "99999999999gb", "9999999999999999999"})
    void refusesOtherSizes(String text) {
        assertThatThrownBy(() -> BYTES.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 200)
    void timesAreWrittenAsTheyAreRead(@ForAll @LongRange(max = 10_000_000_000L) long millis) {
        Duration value = Duration.ofMillis(millis);
        assertThat(DURATION.parse(DURATION.format(value))).isEqualTo(value);
    }

    @Property(tries = 200)
    void sizesAreWrittenAsTheyAreRead(@ForAll @LongRange(max = Long.MAX_VALUE) long bytes) {
        assertThat(BYTES.parse(BYTES.format(bytes))).isEqualTo(bytes);
    }

    @Test
    void boundsAreIncluded() {
        SettingType<Integer> port = SettingType.integer(0, 65_535);
        assertThat(port.parse("0")).isZero();
        assertThat(port.parse(" 65535 ")).isEqualTo(65_535);
        assertThatThrownBy(() -> port.parse("65536")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> port.parse("-1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> port.parse("99999999999")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void wordsAreThoseOfTheEnum() {
        SettingType<Durability> durability = SettingType.oneOf(Durability.class);
        assertThat(durability.allowed()).isEqualTo("one of process, disk, replicated");
        assertThat(durability.parse("replicated")).isEqualTo(Durability.REPLICATED);
        assertThatThrownBy(() -> durability.parse("DISK")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothingIsAValueOfAnOptionalType() {
        SettingType<Optional<Integer>> optional = SettingType.optional(SettingType.integer(1, 9));
        assertThat(optional.parse("")).isEmpty();
        assertThat(optional.parse("5")).contains(5);
        assertThat(optional.format(Optional.empty())).isEmpty();
        assertThatThrownBy(() -> optional.parse("0")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com", "1.2.3", "1.2.3.999", "", "127.0.0.1; rm"})
    void addressesAreLiterals(String text) {
        assertThatThrownBy(() -> SettingType.address().parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
