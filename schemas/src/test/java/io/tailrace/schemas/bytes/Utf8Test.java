package io.tailrace.schemas.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.ItemArbitraries;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Lengths, bytes and order are those of the UTF-8 that the JDK makes. */
class Utf8Test {
    @Property(tries = 2000)
    void bytesAndLengthsAreTheJdks(@ForAll("strings") String text) {
        assertSameAsJdk(text);
        assertThat(Utf8.isWellFormed(text)).isTrue();
    }

    @Property(tries = 2000)
    void arbitraryCharsToo(@ForAll char first, @ForAll char second, @ForAll char third) {
        assertSameAsJdk("" + first + second + third);
    }

    @Property(tries = 2000)
    void orderIsThatOfTheBytes(@ForAll("strings") String left, @ForAll("strings") String right) {
        int expected =
                Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
        assertThat(Integer.signum(Utf8.compare(left, right))).isEqualTo(Integer.signum(expected));
    }

    @Test
    void supplementaryCharactersComeLast() {
        assertThat(Utf8.compare("\uFFFF", "\uD83D\uDE00")).isNegative();
        assertThat("\uFFFF".compareTo("\uD83D\uDE00")).isPositive();
    }

    @Test
    void unpairedSurrogatesAreNotWellFormed() {
        for (String text : new String[] {"\uD83D", "a\uDE00", "\uDE00\uD83D", "\uD83D\uD83D\uDE00", "\uD83Dx"}) {
            assertThat(Utf8.isWellFormed(text)).isFalse();
            assertSameAsJdk(text);
        }
    }

    @Provide
    Arbitrary<String> strings() {
        return ItemArbitraries.strings();
    }

    private static void assertSameAsJdk(String text) {
        byte[] expected = text.getBytes(StandardCharsets.UTF_8);
        assertThat(Utf8.length(text)).isEqualTo(expected.length);
        assertThat(new ByteSink(1).put(7).putUtf8(text).toByteArray(1)).isEqualTo(expected);
    }
}
