package io.tailrace.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.server.runtime.ServerFixture;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Identity;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * A table is global over three regions, of one server and of three with a Kafka each: all are written at once, some are cut off
 * and catch up, what expires goes everywhere, and nothing goes round in circles.
 */
final class GlobalTablesIT {
    private static final String EAST = "us-east-1";
    private static final String WEST = "eu-west-1";
    private static final String SOUTH = "sa-east-1";
    private static final List<String> REGIONS = List.of(EAST, WEST, SOUTH);
    private static final int ITEMS = 50;
    private static final int WRITES = 60;
    private static final Pattern PAIR =
            Pattern.compile("^(\\w+)\\{source=\"([^\"]*)\",target=\"([^\"]*)\"} (\\S+)$", Pattern.MULTILINE);

    @TempDir
    private Path folder;

    private RegionServers servers;

    /** What runs beside the servers. */
    private final List<ServerProcess> others = new ArrayList<>();

    private final List<Traffic> traffic = REGIONS.stream()
            .map(region -> new Traffic(region, region.hashCode()))
            .toList();

    @Test
    void threeRegionsOfOneServer() throws Exception {
        try (RegionServers together =
                RegionServers.together(folder, REGIONS, "--durability", "process", "--only", "ttl,replication")) {
            servers = together.start();
            makeGlobal();
            write(WRITES);
            servers.kill(REGIONS);
            endTraffic();
            servers.start();
            requireTheSame();
            requireNoCircles();
            expire();
        }
    }

    @Test
    void threeServersOfWhichSomeAreCutOff() throws Exception {
        try (RegionServers apart = RegionServers.apart(folder, REGIONS, "--durability", "process")) {
            // Expired items are deleted in the east alone; what comes into the west is brought by a process of its own.
            servers = apart.with(EAST, "--only", "ttl,replication")
                    .with(WEST, "--only", "gsi")
                    .with(SOUTH, "--only", "replication")
                    .start();
            ServerProcess intoWest = replicationIntoWest();
            try {
                makeGlobal();
                write(WRITES);
                intoWest.kill(); // hears of nobody, and is heard
                others.clear();
                servers.kill(List.of(SOUTH)); // hears of nobody, and nobody of it
                write(2 * WRITES);
                endTraffic();
                servers.start();
                intoWest = replicationIntoWest();
                requireTheSame();
                requireNoCircles();
                expire();
                assertThat(intoWest.health()).contains("\"replication\":{\"state\":\"running\",\"sources\":2,");
            } finally {
                intoWest.close();
            }
        }
    }

    private ServerProcess replicationIntoWest() throws Exception {
        List<String> arguments = new ArrayList<>(List.of("processors", "--only", "replication"));
        arguments.addAll(List.of(servers.processorArguments(WEST)));
        arguments.addAll(List.of("--data", folder.resolve("replication").toString(), "--admin-port", "0"));
        ServerProcess process = ServerProcess.run(arguments.toArray(String[]::new));
        others.add(process);
        return process;
    }

    /** One replica after the other, the last one from a region that has been a replica itself. */
    private void makeGlobal() {
        GlobalOrders.create(client(EAST));
        GlobalOrders.fill(client(EAST), "before", ITEMS);
        GlobalOrders.addReplica(client(EAST), WEST);
        GlobalOrders.awaitReplicas(client(WEST), 1);
        GlobalOrders.addReplica(client(WEST), SOUTH);
        for (String region : REGIONS) {
            GlobalOrders.awaitReplicas(client(region), 2);
            assertThat(GlobalOrders.table(client(region)).tableArn()).contains(":" + region + ":");
            GlobalOrders.awaitSame(client(EAST), client(region));
        }
        assertThat(GlobalOrders.items(client(SOUTH))).hasSize(ITEMS);
    }

    /** Goes on in the regions that are there, until there is so much more in each. */
    private void write(int more) {
        for (int i = 0; i < REGIONS.size(); i++) {
            Traffic each = traffic.get(i);
            if (servers.server(REGIONS.get(i)) != null && !each.isRunning()) {
                each.start(client(REGIONS.get(i)));
            }
        }
        List<Integer> before = traffic.stream().map(Traffic::acknowledged).toList();
        ServerFixture.await("writes in all regions", () -> {
            for (int i = 0; i < REGIONS.size(); i++) {
                if (servers.server(REGIONS.get(i)) != null && traffic.get(i).acknowledged() < before.get(i) + more) {
                    return false;
                }
            }
            return true;
        });
    }

    private void endTraffic() throws InterruptedException {
        for (Traffic each : traffic) {
            each.stop();
        }
    }

    private void requireTheSame() {
        GlobalOrders.awaitSame(client(EAST), client(WEST));
        GlobalOrders.awaitSame(client(EAST), client(SOUTH));
        GlobalOrders.awaitSame(client(EAST), client(WEST));
        Traffic.requireWinners(traffic, GlobalOrders.items(client(SOUTH)));
    }

    /**
     * An item is written in one region after the other. What a region forwards is what was written there: it was forwarded
     * before the item's next write in that region, which is in the same partition and is awaited everywhere.
     */
    private void requireNoCircles() throws Exception {
        for (String region : REGIONS) {
            putAndAwait(region, "first of " + region);
        }
        Map<String, Double> before = forwarded();
        assertThat(before).hasSize(REGIONS.size() * (REGIONS.size() - 1));
        for (String region : REGIONS) {
            putAndAwait(region, "second of " + region);
        }
        assertThat(forwarded())
                .allSatisfy((pair, commands) -> assertThat(commands).as(pair).isEqualTo(before.get(pair) + 1));
        for (String region : REGIONS) {
            assertThat(records(region, "key-7"))
                    .as("told by several to " + region)
                    .hasSize(1);
        }
    }

    private void putAndAwait(String region, String value) {
        GlobalOrders.put(client(region), "circle", value);
        for (String other : REGIONS) {
            ServerFixture.await(
                    "what " + region + " wrote is in " + other,
                    () -> value.equals(GlobalOrders.items(client(other)).get("circle")));
        }
    }

    /** By pair, each of which has the other figures too. */
    private Map<String, Double> forwarded() throws Exception {
        Map<String, Double> forwarded = figures("tailrace_replication_forwarded_commands_total");
        assertThat(figures("tailrace_replication_latency_seconds_count").keySet())
                .isEqualTo(forwarded.keySet());
        assertThat(figures("tailrace_replication_pending_records").keySet()).isEqualTo(forwarded.keySet());
        return forwarded;
    }

    private Map<String, Double> figures(String metric) throws Exception {
        Map<String, Double> figures = new HashMap<>();
        for (ServerProcess process :
                Stream.concat(servers.running().stream(), others.stream()).toList()) {
            Matcher matcher = PAIR.matcher(process.admin("/metrics"));
            while (matcher.find()) {
                if (matcher.group(1).equals(metric)) {
                    figures.put(matcher.group(2) + " to " + matcher.group(3), Double.parseDouble(matcher.group(4)));
                }
            }
        }
        return figures;
    }

    /** An expired item goes once in each region: by the service's deletion in one of them, which is replicated. */
    private void expire() {
        client(SOUTH)
                .updateTimeToLive(r -> r.tableName(GlobalOrders.TABLE)
                        .timeToLiveSpecification(t -> t.attributeName("expires").enabled(true)));
        for (String region : REGIONS) {
            ServerFixture.await(
                    "time to live is on in " + region,
                    () -> client(region)
                                    .describeTimeToLive(r -> r.tableName(GlobalOrders.TABLE))
                                    .timeToLiveDescription()
                                    .timeToLiveStatus()
                            == TimeToLiveStatus.ENABLED);
        }
        Map<String, AttributeValue> item = new HashMap<>(GlobalOrders.item("expires", "soon"));
        item.put(
                "expires",
                AttributeValue.fromN(Long.toString(Instant.now().plusSeconds(2).getEpochSecond())));
        client(WEST).putItem(r -> r.tableName(GlobalOrders.TABLE).item(item));
        List<Identity> identities = new ArrayList<>();
        for (String region : REGIONS) {
            ServerFixture.await(
                    "it goes in " + region,
                    () -> records(region, "expires").stream()
                            .anyMatch(record -> record.eventName() == OperationType.REMOVE));
            List<Record> records = records(region, "expires");
            assertThat(records)
                    .as(region)
                    .extracting(Record::eventName)
                    .containsExactly(OperationType.INSERT, OperationType.REMOVE);
            identities.add(records.get(1).userIdentity());
        }
        assertThat(identities)
                .filteredOn(identity -> identity != null)
                .isNotEmpty()
                .allSatisfy(identity -> assertThat(identity.principalId()).isEqualTo("dynamodb.amazonaws.com"));
        if (servers.running().size() > 1) {
            assertThat(identities.get(0)).isNotNull();
            assertThat(identities.subList(1, identities.size())).containsOnlyNulls();
        }
    }

    /** What the region's stream has of an item. */
    private List<Record> records(String region, String key) {
        List<Record> records = new ArrayList<>();
        try (DynamoDbStreamsClient streams = servers.server(region).streams(region)) {
            String arn = GlobalOrders.table(client(region)).latestStreamArn();
            for (Shard shard : streams.describeStream(r -> r.streamArn(arn))
                    .streamDescription()
                    .shards()) {
                ShardReading.records(streams, ShardReading.horizon(streams, arn, shard.shardId())).stream()
                        .filter(record -> record.dynamodb()
                                .keys()
                                .get(GlobalOrders.KEY)
                                .s()
                                .equals(key))
                        .forEach(records::add);
            }
        }
        return records;
    }

    private DynamoDbClient client(String region) {
        return servers.client(region);
    }
}
