package io.tailrace.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Topics, headers and sequence numbers are as documented; sequence numbers are ordered as text and come back. */
class TopicNamesTest {
    @Test
    void topics() {
        assertThat(Topics.mutations("eu-west-1")).isEqualTo("tailrace.eu-west-1.mutations");
        assertThat(Topics.stream("eu-west-1", "User-Activity_1"))
                .isEqualTo("tailrace.eu-west-1.stream.User-Activity_1");
        assertThat(Topics.commands("eu-west-1")).isEqualTo("tailrace.eu-west-1.commands");
        assertThat(Topics.deadLetters("eu-west-1")).isEqualTo("tailrace.eu-west-1.dead-letters");
    }

    @Test
    void streamTopicsAreNamesThatKafkaAcceptsAndTellsApart() {
        assertThat(Topics.stream("eu-west-1", "a.b")).isEqualTo("tailrace.eu-west-1.stream.a.b-1eef715d");
        String longest = "t".repeat(254);
        assertThat(Topics.stream("eu-west-1", longest + "x"))
                .hasSize(249)
                .isNotEqualTo(Topics.stream("eu-west-1", longest + "y"));
    }

    @Test
    void headersComeBack() {
        assertThat(RecordHeaders.longValue(RecordHeaders.ofLong(-5L))).isEqualTo(-5L);
        assertThat(RecordHeaders.intValue(RecordHeaders.ofInt(1 << 30))).isEqualTo(1 << 30);
        assertThat(RecordHeaders.textValue(RecordHeaders.ofText("é"))).isEqualTo("é");
        assertThatThrownBy(() -> RecordHeaders.longValue(new byte[4])).hasMessageContaining("4 bytes where 8");
        assertThatThrownBy(() -> RecordHeaders.intValue(new byte[8])).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 500)
    void sequenceNumbersComeBackInOrder(
            @ForAll @LongRange(max = SequenceNumbers.MAX_SEQUENCE) long left,
            @ForAll @LongRange(max = SequenceNumbers.MAX_SEQUENCE) long right,
            @ForAll @IntRange(max = 999) int leftIndex,
            @ForAll @IntRange(max = 999) int rightIndex) {
        String text = SequenceNumbers.format(left, leftIndex);
        assertThat(text).hasSize(21);
        assertThat(new BigInteger(text))
                .isEqualTo(BigInteger.TEN
                        .pow(20)
                        .add(BigInteger.valueOf(left).multiply(BigInteger.valueOf(1000)))
                        .add(BigInteger.valueOf(leftIndex)));
        SequenceNumbers.Position position = new SequenceNumbers.Position(left, leftIndex);
        assertThat(SequenceNumbers.parse(text)).contains(position);
        assertThat(Integer.signum(text.compareTo(SequenceNumbers.format(right, rightIndex))))
                .isEqualTo(Integer.signum(position.compareTo(new SequenceNumbers.Position(right, rightIndex))));
    }

    @Test
    void otherTextsAreNoSequenceNumbers() {
        for (String text :
                new String[] {"", "1", "2".repeat(21), "1".repeat(22), "1" + "x".repeat(20), "1" + "+".repeat(20)}) {
            assertThat(SequenceNumbers.parse(text)).isEmpty();
        }
        assertThatThrownBy(() -> SequenceNumbers.format(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SequenceNumbers.format(1, 1000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SequenceNumbers.format(SequenceNumbers.MAX_SEQUENCE + 1, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
