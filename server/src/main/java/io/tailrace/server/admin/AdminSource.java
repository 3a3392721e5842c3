package io.tailrace.server.admin;

import io.tailrace.capture.streams.ShardRolls;
import io.tailrace.processors.activity.ActivityQueries;
import java.util.Optional;

/** What the admin port tells of, region by region. For use by several threads. */
public interface AdminSource {
    Health health();

    /** The region of requests that name none. */
    String home();

    /** Whether there is such a region. */
    boolean has(String region);

    /** The results of the region's activity processor; empty while it is not there. */
    Optional<ActivityQueries> activity(String region);

    /** Closes and opens shards of the region's streams; empty while its tables are not there. */
    Optional<ShardRolls> rolls(String region);

    /** Fills the region's topics again; empty while its part behind Kafka is not there. */
    Optional<Rebuilds> rebuilds(String region);
}
