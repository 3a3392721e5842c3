package io.tailrace.server.protocol;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Request ids of the service's form: 52 digits and upper-case letters. Unique; not secret. */
final class RequestIds implements Supplier<String> {
    private static final char[] DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUV".toCharArray();
    private static final int LENGTH = 52;
    private static final int DIGITS_PER_WORD = 13;
    private static final int BITS_PER_DIGIT = 5;
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private final AtomicLong state;

    RequestIds(long seed) {
        state = new AtomicLong(seed);
    }

    @Override
    public String get() {
        int words = LENGTH / DIGITS_PER_WORD;
        long first = state.getAndAdd(STEP * words);
        char[] id = new char[LENGTH];
        for (int word = 0; word < words; word++) {
            long bits = mix(first + STEP * word);
            for (int i = 0; i < DIGITS_PER_WORD; i++) {
                id[word * DIGITS_PER_WORD + i] = DIGITS[(int) bits & DIGITS.length - 1];
                bits >>>= BITS_PER_DIGIT;
            }
        }
        return new String(id);
    }

    /** SplitMix64's finalizer: a bijection, so that ids differ as long as the counter does. */
    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
