package io.tailrace.schemas.model;

import java.util.List;
import java.util.Objects;

/**
 * Where a replica that was added has heard that a region has told it everything. A region's log has several partitions and so
 * has the way into this region: it is heard once for each pair of them.
 *
 * @param region that told
 * @param pairs how many there are
 * @param heard the numbers of the pairs in which it was heard, ascending
 */
public record ReplicaHearing(String region, int pairs, List<Integer> heard) {
    public ReplicaHearing {
        Objects.requireNonNull(region);
        heard = heard.stream().distinct().sorted().toList();
    }

    public boolean isComplete() {
        return heard.size() >= pairs;
    }
}
