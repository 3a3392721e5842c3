package io.tailrace.benchmarks.bulk;

import io.tailrace.benchmarks.stream.Broker;
import io.tailrace.benchmarks.stream.TopicReader;
import io.tailrace.capture.CaptureConfig;
import io.tailrace.capture.TopicSettings;
import io.tailrace.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** The mutations of one region and the commands of another one, on one broker. */
final class ReplicatedTopics {
    private static final long LIMIT_SECONDS = 60;
    /** A change of a table has the table's id as its key. */
    private static final int TABLE_KEY_BYTES = 4;

    private final CaptureConfig source;
    private final CaptureConfig target;

    ReplicatedTopics(Broker broker, String source, String target) {
        this.source = broker.region(source);
        this.target = broker.region(target);
    }

    private static int partitions() {
        return TopicSettings.DEFAULT.partitions();
    }

    /** As many commands as a replicator sends: one for an item, one into every partition for a table. */
    long commandCount() {
        long count = 0;
        try (TopicReader reader = new TopicReader(source, Topics.mutations(source.region()))) {
            for (ConsumerRecord<byte[], byte[]> mutation : reader.readAll()) {
                count += mutation.key().length == TABLE_KEY_BYTES ? partitions() : 1;
            }
        }
        return count;
    }

    /** The commands of each partition, in order. */
    Map<Integer, List<ConsumerRecord<byte[], byte[]>>> commands(long count) {
        Map<Integer, List<ConsumerRecord<byte[], byte[]>>> commands = new HashMap<>();
        try (TopicReader reader = new TopicReader(target, Topics.commands(target.region()))) {
            reader.toBeginning();
            for (long read = 0; read < count; ) {
                for (ConsumerRecord<byte[], byte[]> command : reader.poll()) {
                    commands.computeIfAbsent(command.partition(), each -> new ArrayList<>())
                            .add(command);
                    read++;
                }
            }
        }
        return commands;
    }

    /** Removes all commands, and what a group of consumers has committed. */
    void beginAnew(String group) throws InterruptedException, ExecutionException, TimeoutException {
        try (Admin admin = Admin.create(Map.copyOf(target.connection()))) {
            Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
            IntStream.range(0, partitions())
                    .forEach(partition -> asked.put(
                            new TopicPartition(Topics.commands(target.region()), partition), OffsetSpec.latest()));
            Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
            admin.listOffsets(asked)
                    .all()
                    .get(LIMIT_SECONDS, TimeUnit.SECONDS)
                    .forEach((partition, end) -> all.put(partition, RecordsToDelete.beforeOffset(end.offset())));
            admin.deleteRecords(all).all().get(LIMIT_SECONDS, TimeUnit.SECONDS);
            forget(admin, group);
        }
    }

    private static void forget(Admin admin, String group)
            throws InterruptedException, ExecutionException, TimeoutException {
        Collection<String> groups = List.of(group);
        try {
            admin.deleteConsumerGroups(groups).all().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            if (!(failure.getCause() instanceof GroupIdNotFoundException)) {
                throw failure;
            }
        }
    }
}
