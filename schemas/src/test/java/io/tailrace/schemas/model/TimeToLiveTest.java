package io.tailrace.schemas.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves which values of the time to live attribute make an item expire, and when. */
class TimeToLiveTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.500Z");

    private static Item item(AttributeValue value) {
        return Item.builder().set("Id", "a").set("Expires", value).build();
    }

    private static Item item(String number) {
        return item(AttributeValue.number(number));
    }

    @ParameterizedTest
    @CsvSource({
        "1772366400, 1772366400000",
        "1772366400.5, 1772366400500",
        "1772366400.0001, 1772366400001",
        "1.7723664E9, 1772366400000",
        "17723664E+2, 1772366400000",
        "1E-130, 1",
        "1772366400000, 1772366400000000"
    })
    void aNumberIsATimeInSeconds(String number, long expected) {
        assertThat(TimeToLive.expiryMillis(item(number), "Expires")).hasValue(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "-1E125", "9.9E125", "9223372036854776"})
    void numbersThatAreNoTimeNeverExpire(String number) {
        assertThat(TimeToLive.expiryMillis(item(number), "Expires")).isEmpty();
        assertThat(TimeToLive.hasExpired(item(number), "Expires", NOW)).isFalse();
    }

    @Test
    void otherTypesNeverExpire() {
        for (AttributeValue value : List.of(
                AttributeValue.string("1772366400"),
                AttributeValue.Bool.TRUE,
                new AttributeValue.L(List.of(AttributeValue.number("1772366400"))))) {
            assertThat(TimeToLive.expiryMillis(item(value), "Expires")).isEmpty();
        }
        assertThat(TimeToLive.expiryMillis(item("1772366400"), "Other")).isEmpty();
    }

    @Test
    void anItemExpiresAtItsTime() {
        assertThat(TimeToLive.hasExpired(item("1772366400.5"), "Expires", NOW)).isTrue();
        assertThat(TimeToLive.hasExpired(item("1772366400.501"), "Expires", NOW))
                .isFalse();
        assertThat(TimeToLive.hasExpired(item("1772366401"), "Expires", NOW)).isFalse();
    }

    @Test
    void aTimeMoreThanFiveYearsAgoIsAMistake() {
        long limit = Instant.parse("2021-03-01T12:00:00.500Z").toEpochMilli();
        assertThat(TimeToLive.isTooOld(limit, NOW)).isFalse();
        assertThat(TimeToLive.isTooOld(limit - 1, NOW)).isTrue();
        assertThat(TimeToLive.hasExpired(item("1614600000.5"), "Expires", NOW)).isTrue();
        assertThat(TimeToLive.hasExpired(item("1614600000.4"), "Expires", NOW)).isFalse();
    }
}
