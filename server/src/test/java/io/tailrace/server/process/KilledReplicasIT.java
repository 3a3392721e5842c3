package io.tailrace.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.server.runtime.ServerFixture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.ReplicationGroupUpdate;
import software.amazon.awssdk.services.dynamodb.model.TableClass;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/**
 * Servers that are killed while an index is filled, and at each step of a replica's life, go on behind it: what was begun ends,
 * indexes are complete and right, and all regions hold the same items, of which none that won is missing.
 *
 * <p>{@code -Dtailrace.kills.rounds=N} kills more often, with the regions in servers of their own in every other round, of which
 * some or all are killed; {@code -Dtailrace.kills.items=N} fills more.
 */
final class KilledReplicasIT {
    private static final String EAST = "us-east-1";
    private static final String WEST = "eu-west-1";
    private static final int ITEMS = Integer.getInteger("tailrace.kills.items", 600);
    private static final int ROUNDS = Integer.getInteger("tailrace.kills.rounds", 1);
    private static final long SEED = Long.getLong("tailrace.test.seed", 20_261_121L);
    private static final String[] SETTINGS = {
        "--durability", "process", "--only", "gsi,ttl,replication", "--replication-source-hold", "0s"
    };
    /** The first 200 items are told at once, and the next ones after ten seconds, which is time enough for a kill. */
    private static final String[] SLOW = {"--indexes-backfill-rate", "20"};

    @TempDir
    private Path folder;

    private Random random;
    private RegionServers servers;

    @Test
    @Timeout(value = 8, unit = TimeUnit.HOURS)
    void everyStepOutlivesAKill() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            random = new Random(SEED + round);
            Path place = folder.resolve("round-" + round);
            List<String> regions = List.of(EAST, WEST);
            try (RegionServers all = round % 2 == 0
                    ? RegionServers.together(place, regions, SETTINGS)
                    : RegionServers.apart(place, regions, SETTINGS)) {
                servers = all;
                live(round);
            }
        }
    }

    private void live(int round) throws Exception {
        try {
            servers.start(SLOW);
            live();
        } catch (AssertionError | RuntimeException failure) {
            String health =
                    servers.running().stream().map(ServerProcess::health).collect(Collectors.joining("\n"));
            throw new AssertionError(
                    "round " + round + " of seed " + SEED + ": " + failure.getMessage() + "\n" + health, failure);
        }
    }

    private void live() throws Exception {
        GlobalOrders.create(east());
        GlobalOrders.fill(east(), "before", ITEMS);
        fillAnIndex();
        createTheReplica();
        changeSettingsUnderWay();
        deleteTheReplica();
    }

    private void fillAnIndex() throws Exception {
        GlobalOrders.addIndex(east(), "ByGroup", GlobalOrders.GROUP);
        GlobalOrders.await(
                "a part is in the index",
                east(),
                table -> table.globalSecondaryIndexes().stream()
                        .anyMatch(index -> index.indexStatus() == IndexStatus.CREATING && index.itemCount() > 0));
        killSomeTimeWithin(400);
        GlobalOrders.fill(east(), "while it is filled", ITEMS / 4);
        GlobalOrders.delete(east(), "key-" + (ITEMS - 1));
        GlobalOrders.put(east(), "another", "while it is filled");
        GlobalOrders.awaitIndex(east(), "ByGroup");
        GlobalOrders.requireIndexed(east(), "ByGroup");
    }

    /** Killed at once, which is right after the index became active, too; and while the items are told. */
    private void createTheReplica() throws Exception {
        GlobalOrders.addReplica(east(), WEST);
        killSomeTimeWithin(50, SLOW);
        // As a rule CREATING, unless the east outlived the kill, or was quicker than it.
        GlobalOrders.await("some items are in the west", west(), table -> table.itemCount() > 0);
        killSomeTimeWithin(400);
        GlobalOrders.fill(east(), "while it is told", ITEMS / 8);
        awaitBoth();
    }

    /** While both regions are written; an index, time to live, and what the west has for itself. */
    private void changeSettingsUnderWay() throws Exception {
        List<Traffic> traffic = List.of(new Traffic(EAST, random.nextLong()), new Traffic(WEST, random.nextLong()));
        traffic.get(0).start(east());
        traffic.get(1).start(west());
        int enough = 60 + random.nextInt(60);
        ServerFixture.await(
                "writes in both regions", () -> traffic.stream().allMatch(each -> each.acknowledged() >= enough));
        east().updateTable(r -> r.tableName(GlobalOrders.TABLE)
                .replicaUpdates(ReplicationGroupUpdate.builder()
                        .update(u -> u.regionName(WEST).tableClassOverride(TableClass.STANDARD_INFREQUENT_ACCESS))
                        .build()));
        west().updateTimeToLive(r -> r.tableName(GlobalOrders.TABLE)
                .timeToLiveSpecification(t -> t.attributeName("expires").enabled(true)));
        GlobalOrders.addIndex(west(), "ByValue", GlobalOrders.VALUE);
        killSomeTimeWithin(300);
        for (Traffic each : traffic) {
            each.stop();
        }
        GlobalOrders.await(
                "the west has a class of its own",
                west(),
                table -> table.tableClassSummary() != null
                        && table.tableClassSummary().tableClass() == TableClass.STANDARD_INFREQUENT_ACCESS);
        for (DynamoDbClient client : List.of(east(), west())) {
            GlobalOrders.awaitIndex(client, "ByValue");
            ServerFixture.await(
                    "time to live is on",
                    () -> client.describeTimeToLive(r -> r.tableName(GlobalOrders.TABLE))
                                    .timeToLiveDescription()
                                    .timeToLiveStatus()
                            == TimeToLiveStatus.ENABLED);
        }
        awaitBoth();
        GlobalOrders.requireIndexed(east(), "ByValue");
        GlobalOrders.requireIndexed(west(), "ByValue");
        Traffic.requireWinners(traffic, GlobalOrders.items(west()));
    }

    private void deleteTheReplica() throws Exception {
        Map<String, String> before = GlobalOrders.items(east());
        GlobalOrders.deleteReplica(east(), WEST);
        killSomeTimeWithin(100);
        GlobalOrders.awaitGone(west());
        GlobalOrders.await(
                "an ordinary table again",
                east(),
                table -> table.tableStatus() == TableStatus.ACTIVE && !table.hasReplicas());
        assertThat(GlobalOrders.items(east())).isEqualTo(before);
        GlobalOrders.requireIndexed(east(), "ByGroup");
    }

    private void awaitBoth() {
        GlobalOrders.awaitReplicas(east(), 1);
        GlobalOrders.awaitReplicas(west(), 1);
        GlobalOrders.awaitIndex(west(), "ByGroup");
        GlobalOrders.awaitSame(east(), west());
        GlobalOrders.requireIndexed(east(), "ByGroup");
        GlobalOrders.requireIndexed(west(), "ByGroup");
    }

    /**
     * Kills some or all servers at a moment that nobody chose, and starts them again.
     *
     * @param settings of their next lives
     */
    private void killSomeTimeWithin(int millis, String... settings) throws Exception {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(millis)));
        List<String> regions = new ArrayList<>(List.of(EAST, WEST));
        Collections.shuffle(regions, random);
        servers.kill(regions.subList(0, 1 + random.nextInt(regions.size())));
        servers.start(settings);
    }

    private DynamoDbClient east() {
        return servers.client(EAST);
    }

    private DynamoDbClient west() {
        return servers.client(WEST);
    }
}
