package io.tailrace.engine.journal;

/**
 * Where the images lie in a change record's bytes; the length of an image that is not there is -1.
 */
public record Images(int oldOffset, int oldLength, int newOffset, int newLength) {
    static final int ABSENT = -1;

    /** Of a change that is not one of an item. */
    public static final Images NONE = new Images(0, ABSENT, 0, ABSENT);

    boolean fitInto(int recordLength) {
        return fits(oldOffset, oldLength, recordLength) && fits(newOffset, newLength, recordLength);
    }

    private static boolean fits(int offset, int length, int recordLength) {
        return length == ABSENT ? offset == 0 : length >= 0 && offset >= 0 && length <= recordLength - offset;
    }
}
