package io.tailrace.server.runtime;

import io.tailrace.capture.streams.ShardRolls;
import io.tailrace.processors.activity.ActivityQueries;
import io.tailrace.server.admin.AdminSource;
import io.tailrace.server.admin.Health;
import io.tailrace.server.admin.Rebuilds;
import java.util.Optional;
import java.util.function.Supplier;

/** What the admin port of a server tells of. */
final class ServerAdmin implements AdminSource {
    private final Regions regions;
    private final Supplier<Health> health;

    ServerAdmin(Regions regions, Supplier<Health> health) {
        this.regions = regions;
        this.health = health;
    }

    @Override
    public Health health() {
        return health.get();
    }

    @Override
    public String home() {
        return regions.home();
    }

    @Override
    public boolean has(String region) {
        return region.equals(home()) || regions.find(region).isPresent();
    }

    @Override
    public Optional<ActivityQueries> activity(String region) {
        return regions.find(region).flatMap(Region::activityQueries);
    }

    @Override
    public Optional<ShardRolls> rolls(String region) {
        return regions.find(region).map(Region::rolls);
    }

    @Override
    public Optional<Rebuilds> rebuilds(String region) {
        return regions.find(region).flatMap(Region::kafka).flatMap(KafkaSide::rebuilds);
    }
}
