package io.tailrace.server.runtime;

import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.server.protocol.ApiRegions;
import io.tailrace.server.protocol.ReplicaRegions;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Where tables can have replicas: in the regions of this server, and in those elsewhere that the settings name. */
final class Replicas implements ReplicaRegions {
    private final Regions regions;
    private final Map<String, String> peers;

    /** @param peers regions elsewhere, with the bootstrap servers of their Kafka */
    Replicas(Regions regions, Map<String, String> peers) {
        this.regions = regions;
        this.peers = peers;
    }

    @Override
    public SortedSet<String> known() {
        SortedSet<String> known = new TreeSet<>(peers.keySet());
        known.addAll(regions.all().keySet());
        return known;
    }

    @Override
    public Optional<String> refusal(String region) {
        if (peers.containsKey(region)) {
            return Optional.empty();
        }
        return regions.hasKafka()
                ? regions.refusal(region)
                : Optional.of("Kafka is switched off in this server, and with it replication.");
    }

    @Override
    public void ensure(String region) {
        refusal(region).ifPresent(why -> {
            throw ApiRegions.refused(region, why);
        });
        if (!peers.containsKey(region)) {
            regions.ensure(region);
        }
    }

    @Override
    public Optional<TableDefinition> table(String region, String tableName) {
        return regions.find(region).flatMap(found -> found.engine().catalog().table(tableName));
    }
}
