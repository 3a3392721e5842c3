package io.tailrace.processors.instances;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the instance that has a partition. Safe for use by many threads. */
public final class Elsewhere {
    private static final Logger LOG = LoggerFactory.getLogger(Elsewhere.class);
    private static final int OK = 200;
    private static final int NOT_HERE = 404;

    private final HttpClient client;
    private final GroupOwners owners;
    private final Optional<InstanceAddress> self;
    private final String name;
    private final String topic;
    private final Duration timeout;

    Elsewhere(
            HttpClient client,
            GroupOwners owners,
            Optional<InstanceAddress> self,
            String name,
            String topic,
            Duration timeout) {
        this.client = client;
        this.owners = owners;
        this.self = self;
        this.name = name;
        this.topic = topic;
        this.timeout = timeout;
    }

    /** The answer; empty when no other instance has the partition now, as far as can be told. Asking again may help. */
    public Optional<byte[]> ask(int partition, byte[] question) {
        TopicPartition wanted = new TopicPartition(topic, partition);
        Optional<InstanceAddress> owner = owners.of(wanted);
        if (owner.isEmpty()) {
            return Optional.empty();
        }
        Optional<byte[]> answer = owner.equals(self) ? Optional.empty() : send(owner.get(), partition, question);
        if (answer.isEmpty()) {
            owners.isNot(wanted, owner.get());
        }
        return answer;
    }

    private Optional<byte[]> send(InstanceAddress owner, int partition, byte[] question) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + owner + "/" + name + "/" + partition))
                .timeout(timeout)
                .POST(BodyPublishers.ofByteArray(question))
                .build();
        try {
            HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() == OK) {
                return Optional.of(response.body());
            }
            if (response.statusCode() != NOT_HERE) {
                LOG.warn("{} answers {} when asked for {}-{}", owner, response.statusCode(), name, partition);
            }
        } catch (IOException away) {
            LOG.debug("{} does not answer when asked for {}-{}", owner, name, partition, away);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }
}
