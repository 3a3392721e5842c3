package io.tailrace.processors.replication;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How a region's Kafka is reached.
 *
 * @param region for example {@code eu-west-1}
 * @param connection settings of Kafka's clients: {@code bootstrap.servers}, and what encrypts and authenticates
 * @param registryUrl of the schema registry that its records name; null when there is none
 */
public record RegionKafka(String region, Map<String, Object> connection, String registryUrl) {
    public RegionKafka {
        Objects.requireNonNull(region);
        connection = Map.copyOf(new TreeMap<>(connection));
        if (!connection.containsKey("bootstrap.servers")) {
            throw new IllegalArgumentException("bootstrap.servers of " + region + " are missing");
        }
    }
}
