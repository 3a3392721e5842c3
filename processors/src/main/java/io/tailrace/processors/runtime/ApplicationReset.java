package io.tailrace.processors.runtime;

import io.tailrace.processors.ProcessorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Makes a processor forget all that it ever did, so that it begins anew with the oldest records of its topics: its consumer
 * group, its internal topics, its stores on this machine. Belongs to one thread.
 *
 * <p>All methods throw a {@link KafkaException} when Kafka does not answer, or refuses.
 */
public final class ApplicationReset implements AutoCloseable {
    private static final long TIMEOUT_MILLIS = 30_000;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final String application;
    private final Path stores;
    private final Optional<String> instanceId;
    private final Admin admin;

    /**
     * @param processor its name, for example {@code gsi}
     * @throws IOException when the directory of the stores cannot be read
     */
    public ApplicationReset(ProcessorConfig config, String processor) throws IOException {
        this.application = config.applicationId(processor);
        this.stores = stores(config, processor);
        this.instanceId = InstanceId.known(config.stateDir(), application);
        this.admin = Admin.create(config.adminSettings());
    }

    /** Whether instances of it run in other processes. */
    public boolean isUsedElsewhere() throws InterruptedException {
        return members().stream().anyMatch(member -> !isOurs(member));
    }

    private Collection<MemberDescription> members() throws InterruptedException {
        try {
            return await(
                            admin.describeConsumerGroups(List.of(application))
                                    .describedGroups()
                                    .get(application),
                            "describe " + application)
                    .members();
        } catch (GroupIdNotFoundException none) {
            return List.of();
        }
    }

    /** Of a client that ended with an error: it stays a member until its session has timed out. */
    private boolean isOurs(MemberDescription member) {
        return instanceId.isPresent()
                && member.groupInstanceId()
                        .filter(id -> id.startsWith(instanceId.get()))
                        .isPresent();
    }

    /** Whether Kafka has any of its internal topics, or says where in its topics it is. */
    boolean isKnownToKafka() throws InterruptedException {
        String group = application;
        return !internalTopics().isEmpty()
                || !await(
                                admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(),
                                "read the offsets of " + group)
                        .isEmpty();
    }

    /** Where Kafka Streams keeps them. */
    private static Path stores(ProcessorConfig config, String processor) {
        return config.stateDir().resolve(config.applicationId(processor));
    }

    /** Whether a processor has stores on this machine. */
    static boolean hasStores(ProcessorConfig config, String processor) throws IOException {
        Path stores = stores(config, processor);
        if (!Files.isDirectory(stores)) {
            return false;
        }
        try (Stream<Path> tasks = Files.list(stores)) {
            return tasks.anyMatch(Files::isDirectory);
        }
    }

    /**
     * Removes all of it, while no client of it runs here.
     *
     * @throws IllegalStateException when instances of it run in other processes
     * @throws IOException when its stores cannot be removed
     */
    public void run() throws IOException, InterruptedException {
        if (isUsedElsewhere()) {
            throw new IllegalStateException(application + " runs in other processes");
        }
        removeMembers();
        deleteGroup();
        deleteTopics(internalTopics());
        deleteStores();
    }

    private void removeMembers() throws InterruptedException {
        Set<MemberToRemove> ours = members().stream()
                .map(member -> new MemberToRemove(member.groupInstanceId().orElseThrow()))
                .collect(Collectors.toSet());
        if (!ours.isEmpty()) {
            await(
                    admin.removeMembersFromConsumerGroup(application, new RemoveMembersFromConsumerGroupOptions(ours))
                            .all(),
                    "remove the members of " + application);
        }
    }

    private void deleteGroup() throws InterruptedException {
        String group = application;
        try {
            await(admin.deleteConsumerGroups(List.of(group)).all(), "delete the group " + group);
        } catch (GroupIdNotFoundException none) {
            return; // it never committed anything
        }
    }

    /** As Kafka Streams names them. */
    private List<String> internalTopics() throws InterruptedException {
        String prefix = application + "-";
        return topics().stream()
                .filter(topic ->
                        topic.startsWith(prefix) && (topic.endsWith("-changelog") || topic.endsWith("-repartition")))
                .toList();
    }

    private Set<String> topics() throws InterruptedException {
        return await(admin.listTopics().names(), "list the topics");
    }

    /** A topic that is still being deleted cannot be made again. */
    private void deleteTopics(List<String> topics) throws InterruptedException {
        for (String topic : topics) {
            deleteTopic(topic);
        }
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
        while (topics().stream().anyMatch(topics::contains)) {
            if (System.nanoTime() - deadline > 0) {
                throw new KafkaException("the topics " + topics + " do not go away");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private void deleteTopic(String topic) throws InterruptedException {
        try {
            await(admin.deleteTopics(List.of(topic)).all(), "delete " + topic);
        } catch (UnknownTopicOrPartitionException gone) {
            return; // someone else was faster
        }
    }

    private void deleteStores() throws IOException {
        if (!Files.isDirectory(stores)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(stores)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    private static <T> T await(KafkaFuture<T> future, String what) throws InterruptedException {
        try {
            return future.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof KafkaException known) {
                throw known;
            }
            throw new KafkaException("cannot " + what, failure.getCause());
        } catch (TimeoutException late) {
            throw new KafkaException("timed out: " + what, late);
        }
    }
}
