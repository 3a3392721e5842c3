package io.tailrace.server.crash;

import java.util.Arrays;

/** What was at one slot, one after the other, as the journal has it. Version 0 is that nothing was there. */
final class Versions {
    private long[] sequences = new long[4];
    private int[] ids = new int[4];
    private int[] imageHashes = new int[4];
    private int count = 1;

    /** @return its number */
    int add(long sequence, int id, int imageHash) {
        if (count == ids.length) {
            sequences = Arrays.copyOf(sequences, 2 * count);
            ids = Arrays.copyOf(ids, 2 * count);
            imageHashes = Arrays.copyOf(imageHashes, 2 * count);
        }
        sequences[count] = sequence;
        ids[count] = id;
        imageHashes[count] = imageHash;
        return count++;
    }

    int count() {
        return count;
    }

    /** The commit that made it. */
    long sequence(int version) {
        return sequences[version];
    }

    /** The commit that ended it; {@code Long.MAX_VALUE} when none did. */
    long end(int version) {
        return version + 1 < count ? sequences[version + 1] : Long.MAX_VALUE;
    }

    /** The write that left it; 0 when nothing was there. */
    int id(int version) {
        return ids[version];
    }

    int imageHash(int version) {
        return imageHashes[version];
    }
}
