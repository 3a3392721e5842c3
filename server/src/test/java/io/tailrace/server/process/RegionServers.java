package io.tailrace.server.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Regions that know one another, in real processes: all in one server, or each in one of its own with a Kafka of its own. */
final class RegionServers implements AutoCloseable {
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Map<String, DynamoDbClient> clients = new HashMap<>();

    /** A server that is started again and again. */
    private static final class Place {
        private final Path folder;
        private final List<String> arguments;
        private ServerProcess running;

        Place(Path folder, List<String> arguments) {
            this.folder = folder;
            this.arguments = arguments;
        }
    }

    private RegionServers() {}

    static RegionServers together(Path folder, List<String> regions, String... settings) {
        List<String> arguments = new ArrayList<>(List.of("--regions", String.join(",", regions)));
        arguments.addAll(List.of(settings));
        RegionServers servers = new RegionServers();
        Place place = new Place(folder.resolve("together"), arguments);
        regions.forEach(region -> servers.places.put(region, place));
        return servers;
    }

    static RegionServers apart(Path folder, List<String> regions, String... settings) throws IOException {
        Map<String, String> kafkas = new LinkedHashMap<>();
        for (String region : regions) {
            kafkas.put(region, "127.0.0.1:" + freePort());
        }
        RegionServers servers = new RegionServers();
        for (String region : regions) {
            String peers = kafkas.entrySet().stream()
                    .filter(peer -> !peer.getKey().equals(region))
                    .map(peer -> peer.getKey() + "=" + peer.getValue())
                    .collect(Collectors.joining(","));
            String kafka = kafkas.get(region);
            List<String> arguments = new ArrayList<>(List.of(
                    "--region",
                    region,
                    "--kafka-port",
                    kafka.substring(kafka.lastIndexOf(':') + 1),
                    "--replication-peers",
                    peers));
            arguments.addAll(List.of(settings));
            servers.places.put(region, new Place(folder.resolve(region), arguments));
        }
        return servers;
    }

    static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    /** Further settings of the server of a region. */
    RegionServers with(String region, String... settings) {
        places.get(region).arguments.addAll(List.of(settings));
        return this;
    }

    /** What tells a process of the processors where a region's Kafka is, and those of the regions that it replicates from. */
    String[] processorArguments(String region) {
        List<String> arguments = places.get(region).arguments;
        return new String[] {
            "--region",
            region,
            "--bootstrap-servers",
            "127.0.0.1:" + arguments.get(arguments.indexOf("--kafka-port") + 1),
            "--replication-peers",
            arguments.get(arguments.indexOf("--replication-peers") + 1)
        };
    }

    /**
     * Starts all that do not run, and waits until their tables can be read and written.
     *
     * @param settings for this life only
     */
    RegionServers start(String... settings) throws IOException, InterruptedException {
        Set<Place> all = new LinkedHashSet<>(places.values());
        for (Place place : all) {
            if (place.running == null) {
                List<String> arguments = new ArrayList<>(place.arguments);
                arguments.addAll(List.of(settings));
                place.running = ServerProcess.start(place.folder, arguments.toArray(String[]::new));
            }
        }
        for (Place place : all) {
            place.running.awaitReady();
        }
        return this;
    }

    /** SIGKILL for the servers that have these regions. */
    void kill(Collection<String> regions) throws InterruptedException {
        for (String region : regions) {
            Place place = places.get(region);
            if (place.running != null) {
                place.running.kill();
                place.running = null;
            }
        }
        places.forEach((region, place) -> {
            if (place.running == null) {
                close(clients.remove(region));
            }
        });
    }

    /** Those that run, each once. */
    Set<ServerProcess> running() {
        Set<ServerProcess> running = new LinkedHashSet<>();
        places.values().forEach(place -> running.add(place.running));
        running.remove(null);
        return running;
    }

    ServerProcess server(String region) {
        return places.get(region).running;
    }

    /** For the life of the region's server. */
    DynamoDbClient client(String region) {
        return clients.computeIfAbsent(region, each -> server(each).client(each));
    }

    private static void close(DynamoDbClient client) {
        if (client != null) {
            client.close();
        }
    }

    @Override
    public void close() {
        clients.values().forEach(DynamoDbClient::close);
        running().forEach(ServerProcess::close);
    }
}
