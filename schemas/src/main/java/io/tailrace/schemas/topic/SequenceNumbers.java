package io.tailrace.schemas.topic;

import java.util.Optional;

/**
 * A stream record's sequence number: 21 decimal digits, as DynamoDB's have (API Reference, Streams,
 * {@code StreamRecord}: 21 to 40 characters). They are 10^20 + sequence x 1000 + mutation index, so that they are ordered
 * as text and as numbers and say which mutation of which commit they stand for.
 */
public final class SequenceNumbers {
    public static final int LENGTH = 21;
    public static final long MAX_SEQUENCE = 99_999_999_999_999_999L;
    public static final int MAX_MUTATION_INDEX = 999;

    private static final int SEQUENCE_END = LENGTH - 3;

    /** A mutation's place: the commit's sequence number and the position in it. */
    public record Position(long sequence, int mutationIndex) implements Comparable<Position> {
        @Override
        public int compareTo(Position other) {
            int bySequence = Long.compare(sequence, other.sequence);
            return bySequence != 0 ? bySequence : Integer.compare(mutationIndex, other.mutationIndex);
        }
    }

    private SequenceNumbers() {}

    public static String format(long sequence, int mutationIndex) {
        if (sequence < 0 || sequence > MAX_SEQUENCE || mutationIndex < 0 || mutationIndex > MAX_MUTATION_INDEX) {
            throw new IllegalArgumentException("no sequence number for mutation " + mutationIndex + " of " + sequence);
        }
        char[] text = new char[LENGTH];
        text[0] = '1';
        putDigits(text, 1, SEQUENCE_END, sequence);
        putDigits(text, SEQUENCE_END, LENGTH, mutationIndex);
        return new String(text);
    }

    /** What {@link #format} wrote; empty for any other text. */
    public static Optional<Position> parse(String text) {
        if (text.length() != LENGTH || text.charAt(0) != '1') {
            return Optional.empty();
        }
        for (int i = 1; i < LENGTH; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return Optional.empty();
            }
        }
        return Optional.of(new Position(
                Long.parseLong(text, 1, SEQUENCE_END, 10), Integer.parseInt(text, SEQUENCE_END, LENGTH, 10)));
    }

    private static void putDigits(char[] text, int from, int to, long value) {
        long rest = value;
        for (int i = to - 1; i >= from; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
