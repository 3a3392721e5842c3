package io.tailrace.schemas.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * One mutation as the journal and the mutations topic have it.
 *
 * @param sequenceNumber the commit's number: dense and increasing by one per commit, from 1
 * @param mutationIndex position in the commit, from 0
 * @param mutationCount mutations in the commit: one, or up to 100 in a transaction
 * @param commitTime cut to microseconds
 * @param region where the engine is
 * @param origin the region that first accepted the write when it was replicated from there; the region itself when it
 *     accepted a write that left the item as it was and gave it a version; else null
 * @param userIdentity null for ordinary callers
 * @param version of an item of a global table: what the item has from now on, or what its deletion has; else null
 */
public record ChangeRecord(
        long sequenceNumber,
        int mutationIndex,
        int mutationCount,
        Instant commitTime,
        String region,
        String origin,
        UserIdentity userIdentity,
        Change change,
        ItemVersion version) {
    public ChangeRecord {
        commitTime = commitTime.truncatedTo(ChronoUnit.MICROS);
        Objects.requireNonNull(region);
        Objects.requireNonNull(change);
        if (sequenceNumber < 1 || mutationIndex < 0 || mutationIndex >= mutationCount) {
            throw new IllegalArgumentException(
                    "mutation " + mutationIndex + " of " + mutationCount + " in commit " + sequenceNumber);
        }
        if (version != null && !(change instanceof Change.ItemChange)) {
            throw new IllegalArgumentException("only items have versions");
        }
        if (version == null
                && change instanceof Change.ItemChange item
                && item.oldImage() == null
                && item.newImage() == null) {
            throw new IllegalArgumentException("a change has an image or a version");
        }
    }

    /** A change without a version: of the catalog, or of an item that is in one region only. */
    public ChangeRecord(
            long sequenceNumber,
            int mutationIndex,
            int mutationCount,
            Instant commitTime,
            String region,
            String origin,
            UserIdentity userIdentity,
            Change change) {
        this(sequenceNumber, mutationIndex, mutationCount, commitTime, region, origin, userIdentity, change, null);
    }
}
