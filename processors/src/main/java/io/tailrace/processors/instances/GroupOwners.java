package io.tailrace.processors.instances;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which instance has which partition, as the coordinator of the consumer group says. What it said is kept until it turns out
 * to be wrong, and it is not asked more than a few times a second.
 */
final class GroupOwners {
    private static final Logger LOG = LoggerFactory.getLogger(GroupOwners.class);
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final long ASK_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Supplier<Admin> admin;
    private final String group;
    private volatile Map<TopicPartition, InstanceAddress> owners = Map.of();
    private long askedNanos = System.nanoTime() - ASK_INTERVAL_NANOS;

    GroupOwners(Supplier<Admin> admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    /** Empty while nobody has it, the coordinator cannot be asked, or was asked a moment ago. */
    Optional<InstanceAddress> of(TopicPartition partition) {
        InstanceAddress known = owners.get(partition);
        if (known == null) {
            ask();
            known = owners.get(partition);
        }
        return Optional.ofNullable(known);
    }

    /** The partition was not there, or nobody answered. */
    synchronized void isNot(TopicPartition partition, InstanceAddress owner) {
        if (owner.equals(owners.get(partition))) {
            Map<TopicPartition, InstanceAddress> others = new HashMap<>(owners);
            others.remove(partition);
            owners = Map.copyOf(others);
        }
    }

    private synchronized void ask() {
        if (System.nanoTime() - askedNanos < ASK_INTERVAL_NANOS) {
            return;
        }
        try {
            ConsumerGroupDescription description = admin.get()
                    .describeConsumerGroups(
                            List.of(group), new DescribeConsumerGroupsOptions().timeoutMs(TIMEOUT_MILLIS))
                    .describedGroups()
                    .get(group)
                    .get();
            Map<TopicPartition, InstanceAddress> said = new HashMap<>();
            for (MemberDescription member : description.members()) {
                InstanceAddress.ofMember(member.clientId())
                        .ifPresent(address -> member.assignment()
                                .topicPartitions()
                                .forEach(partition -> said.put(partition, address)));
            }
            owners = Map.copyOf(said);
        } catch (ExecutionException | KafkaException away) {
            LOG.debug("Kafka does not say who has the partitions of {}", group, away);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            askedNanos = System.nanoTime();
        }
    }
}
