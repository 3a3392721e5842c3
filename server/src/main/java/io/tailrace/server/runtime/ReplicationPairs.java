package io.tailrace.server.runtime;

import io.tailrace.engine.catalog.Catalog;
import io.tailrace.schemas.model.TableDefinition;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees which pairs of regions need a replicator: a region here has one from each region of another server, and from each of this
 * one as soon as a table of either names the other as a place of its replicas. Looks at the catalogs again and again, so that it
 * does not matter from where a table learned of its replicas, or whether the process was killed just then.
 */
final class ReplicationPairs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicationPairs.class);
    private static final long PAUSE_MILLIS = 500;

    private final Regions regions;
    private final Map<String, String> peers;
    private final Broker broker;
    private final Replicators replicators;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "tailrace-replication"));

    /** Of the thread alone. */
    private final Map<String, Seen> lastSeen = new HashMap<>();

    /** A catalog is another one after each change. */
    private record Seen(Catalog catalog, Set<String> named) {}

    /** @param peers regions of other servers, with the bootstrap servers of their Kafka */
    ReplicationPairs(Regions regions, Map<String, String> peers, Broker broker, Replicators replicators) {
        this.regions = regions;
        this.peers = peers;
        this.broker = broker;
        this.replicators = replicators;
    }

    void start() {
        broker.whenKnown(
                servers -> thread.scheduleWithFixedDelay(() -> look(servers), 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS));
    }

    private void look(String servers) {
        try {
            startMissing(servers);
        } catch (RuntimeException failure) { // the boundary of this thread: an exception would end it
            LOG.error("it could not be seen which regions replicate from which", failure);
        }
    }

    private void startMissing(String servers) {
        Map<String, Region> here = regions.all();
        for (Map.Entry<String, Region> target : here.entrySet()) {
            Replicators.Side to = new Replicators.Side(target.getKey(), servers);
            Path directory = target.getValue().processorsDirectory();
            peers.forEach((source, kafka) -> replicators.start(new Replicators.Side(source, kafka), to, directory));
            for (Map.Entry<String, Region> source : here.entrySet()) {
                if (!source.getKey().equals(target.getKey()) && share(source, target)) {
                    replicators.start(new Replicators.Side(source.getKey(), servers), to, directory);
                }
            }
        }
    }

    private boolean share(Map.Entry<String, Region> one, Map.Entry<String, Region> other) {
        return named(one).contains(other.getKey()) || named(other).contains(one.getKey());
    }

    /** The regions that a region's tables name as places of their replicas. */
    private Set<String> named(Map.Entry<String, Region> region) {
        Catalog catalog = region.getValue().engine().catalog();
        Seen seen = lastSeen.get(region.getKey());
        if (seen == null || seen.catalog() != catalog) {
            seen = new Seen(catalog, named(catalog));
            lastSeen.put(region.getKey(), seen);
        }
        return seen.named();
    }

    private static Set<String> named(Catalog catalog) {
        Set<String> named = new HashSet<>();
        for (TableDefinition table : catalog.tables()) {
            if (table.details().globalTable() != null) {
                table.details().globalTable().replicas().forEach(replica -> named.add(replica.region()));
            }
        }
        return named;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        Shutdown.step("the replicators", replicators);
    }
}
