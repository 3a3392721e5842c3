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
 * @param origin the region that first accepted the write when it was replicated from there, else null
 * @param userIdentity null for ordinary callers
 */
public record ChangeRecord(
        long sequenceNumber,
        int mutationIndex,
        int mutationCount,
        Instant commitTime,
        String region,
        String origin,
        UserIdentity userIdentity,
        Change change) {
    public ChangeRecord {
        commitTime = commitTime.truncatedTo(ChronoUnit.MICROS);
        Objects.requireNonNull(region);
        Objects.requireNonNull(change);
        if (sequenceNumber < 1 || mutationIndex < 0 || mutationIndex >= mutationCount) {
            throw new IllegalArgumentException(
                    "mutation " + mutationIndex + " of " + mutationCount + " in commit " + sequenceNumber);
        }
    }
}
