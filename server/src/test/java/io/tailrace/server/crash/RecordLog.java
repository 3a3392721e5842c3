package io.tailrace.server.crash;

import io.tailrace.schemas.topic.SequenceNumbers;
import java.util.Arrays;
import java.util.Optional;

/** Records in order, each as its place in the log and a hash of its content: small enough for millions of them. */
final class RecordLog {
    private static final long PLACES_PER_COMMIT = SequenceNumbers.MAX_MUTATION_INDEX + 1L;

    private long[] places = new long[64];
    private int[] hashes = new int[64];
    private int count;

    void add(SequenceNumbers.Position position, int hash) {
        if (count == places.length) {
            places = Arrays.copyOf(places, 2 * count);
            hashes = Arrays.copyOf(hashes, 2 * count);
        }
        places[count] = place(position);
        hashes[count] = hash;
        count++;
    }

    int count() {
        return count;
    }

    static long place(SequenceNumbers.Position position) {
        return position.sequence() * PLACES_PER_COMMIT + position.mutationIndex();
    }

    /** All records of several logs, by their places. */
    static RecordLog merged(Iterable<RecordLog> logs) {
        RecordLog merged = new RecordLog();
        for (RecordLog log : logs) {
            for (int i = 0; i < log.count; i++) {
                merged.addRaw(log.places[i], log.hashes[i]);
            }
        }
        merged.sort();
        return merged;
    }

    /** The first record that is not behind the one before it. */
    Optional<String> firstDisorder() {
        for (int i = 1; i < count; i++) {
            if (places[i] <= places[i - 1]) {
                return Optional.of("record " + i + " is " + text(places[i]) + " after " + text(places[i - 1]));
            }
        }
        return Optional.empty();
    }

    /** Where the two part, in words. */
    Optional<String> firstDifference(RecordLog other) {
        int both = Math.min(count, other.count);
        for (int i = 0; i < both; i++) {
            if (places[i] != other.places[i]) {
                return Optional.of("record " + i + " is " + text(places[i]) + " and " + text(other.places[i]));
            }
            if (hashes[i] != other.hashes[i]) {
                return Optional.of("record " + i + ", " + text(places[i]) + ", has two contents");
            }
        }
        if (count == other.count) {
            return Optional.empty();
        }
        long next = count > both ? places[both] : other.places[both];
        return Optional.of(count + " and " + other.count + " records; what is missing begins with " + text(next));
    }

    private void addRaw(long place, int hash) {
        add(new SequenceNumbers.Position(place / PLACES_PER_COMMIT, (int) (place % PLACES_PER_COMMIT)), hash);
    }

    private void sort() {
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Long.compare(places[a], places[b]));
        long[] sortedPlaces = new long[count];
        int[] sortedHashes = new int[count];
        for (int i = 0; i < count; i++) {
            sortedPlaces[i] = places[order[i]];
            sortedHashes[i] = hashes[order[i]];
        }
        places = sortedPlaces.length == 0 ? new long[1] : sortedPlaces;
        hashes = sortedHashes.length == 0 ? new int[1] : sortedHashes;
    }

    private static String text(long place) {
        return place / PLACES_PER_COMMIT + "/" + place % PLACES_PER_COMMIT;
    }
}
