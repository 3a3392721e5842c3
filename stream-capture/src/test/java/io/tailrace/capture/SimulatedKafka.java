package io.tailrace.capture;

import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.topic.RecordHeaders;
import io.tailrace.schemas.topic.SequenceNumbers;
import io.tailrace.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * A cluster in memory, with what an idempotent producer is promised: the records of a partition arrive in order and once, though
 * requests and answers get lost; what was on its way when a producer ends may arrive a while later. It moves only when
 * {@link #step} is called.
 */
final class SimulatedKafka {
    private static final Comparator<TopicPartition> ORDER =
            Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);

    private final String region;
    private final TopicSettings settings;
    private final Random random;
    private final Map<String, Uuid> topics = new TreeMap<>();
    private final Map<TopicPartition, List<ProducerRecord<byte[], byte[]>>> logs = new TreeMap<>(ORDER);
    /** What producers that ended have on its way. */
    private final Map<TopicPartition, Deque<ProducerRecord<byte[], byte[]>>> late = new TreeMap<>(ORDER);

    private final Set<TopicPartition> cut = new HashSet<>();
    private Connection connection;
    private boolean away;
    private boolean forgetful;

    SimulatedKafka(String region, TopicSettings settings, Random random) {
        this.region = region;
        this.settings = settings;
        this.random = random;
    }

    KafkaConnection connect() {
        connection = new Connection();
        return connection;
    }

    Map<TopicPartition, List<ProducerRecord<byte[], byte[]>>> logs() {
        return logs;
    }

    /** From now on a record is taken again when its answer got lost, as from a producer that is not idempotent. */
    void forget() {
        forgetful = true;
    }

    /** Answers nobody, until it does again. */
    void setAway(boolean gone) {
        away = gone;
    }

    /** Takes a partition from its leader, or gives it back. */
    String toggle() {
        if (logs.isEmpty()) {
            return "none";
        }
        TopicPartition partition = List.copyOf(logs.keySet()).get(random.nextInt(logs.size()));
        if (!cut.remove(partition)) {
            cut.add(partition);
        }
        return partition + " " + cut.contains(partition);
    }

    void heal() {
        away = false;
        cut.clear();
    }

    /** The process with the producer is gone. */
    void clientDied() {
        if (connection != null) {
            connection.end(null);
        }
    }

    /** One request and its answer, or the loss of one of them. */
    String step(boolean faults) {
        if (away) {
            return "away";
        }
        if (!late.isEmpty() && random.nextInt(8) == 0) {
            TopicPartition partition = pick(late.keySet());
            logs.get(partition).add(late.get(partition).removeFirst());
            late.values().removeIf(Deque::isEmpty);
            return "late " + partition;
        }
        return connection == null ? "idle" : connection.step(faults);
    }

    private TopicPartition pick(Collection<TopicPartition> partitions) {
        return List.copyOf(partitions).get(random.nextInt(partitions.size()));
    }

    static SequenceNumbers.Position position(ProducerRecord<byte[], byte[]> record) {
        return new SequenceNumbers.Position(
                RecordHeaders.longValue(
                        record.headers().lastHeader(RecordHeaders.SEQUENCE).value()),
                RecordHeaders.intValue(record.headers()
                        .lastHeader(RecordHeaders.MUTATION_INDEX)
                        .value()));
    }

    private void create(String topic, int partitions) {
        if (topics.putIfAbsent(topic, new Uuid(random.nextLong(), random.nextLong())) == null) {
            for (int partition = 0; partition < partitions; partition++) {
                logs.put(new TopicPartition(topic, partition), new ArrayList<>());
            }
        }
    }

    /** A record that the producer has, and whether the partition has it too. */
    private static final class Sent {
        private final ProducerRecord<byte[], byte[]> record;
        private final Callback callback;
        private long offset = -1;

        Sent(ProducerRecord<byte[], byte[]> record, Callback callback) {
            this.record = record;
            this.callback = callback;
        }
    }

    private final class Connection implements KafkaConnection {
        private final Map<TopicPartition, Deque<Sent>> inFlight = new TreeMap<>(ORDER);
        private boolean ended;

        String step(boolean faults) {
            List<TopicPartition> ready = inFlight.keySet().stream()
                    .filter(partition -> !cut.contains(partition))
                    .toList();
            if (ended || ready.isEmpty()) {
                return "idle";
            }
            TopicPartition partition = pick(ready);
            Sent sent = inFlight.get(partition).peekFirst();
            int outcome = faults ? random.nextInt(100) : 99;
            if (outcome < 10) {
                return "lost request " + partition;
            }
            if (sent.offset < 0 && (outcome < 12 || outcome >= 14)) {
                logs.get(partition).add(sent.record);
                sent.offset = logs.get(partition).size() - 1L;
            }
            if (outcome < 14) {
                end(partition);
                return "failed " + partition;
            }
            if (outcome < 25) {
                sent.offset = forgetful ? -1 : sent.offset;
                return "lost answer " + partition;
            }
            inFlight.get(partition).removeFirst();
            inFlight.values().removeIf(Deque::isEmpty);
            // Of a record that it has already, the leader may not say where it is.
            long offset = outcome < 30 ? -1 : sent.offset;
            sent.callback.onCompletion(new RecordMetadata(partition, offset, 0, 0, sent.record.key().length, 0), null);
            return "acknowledged " + partition + " " + sent.offset;
        }

        /** @param failed what is behind the failed record does not arrive; null when the process died */
        void end(TopicPartition failed) {
            if (ended) {
                return;
            }
            ended = true;
            inFlight.forEach((partition, queue) -> {
                List<Sent> missing =
                        queue.stream().filter(sent -> sent.offset < 0).toList();
                int arriving = partition.equals(failed) ? 0 : random.nextInt(missing.size() + 1);
                for (Sent sent : missing.subList(0, arriving)) {
                    late.computeIfAbsent(partition, none -> new ArrayDeque<>()).add(sent.record);
                }
            });
            if (failed != null) {
                List<Sent> all =
                        inFlight.values().stream().flatMap(Deque::stream).toList();
                inFlight.clear();
                all.forEach(sent -> sent.callback.onCompletion(null, new KafkaException("the send failed for good")));
            }
        }

        @Override
        public void ensureRegionTopics() {
            requireThere();
            create(Topics.mutations(region), settings.partitions());
        }

        @Override
        public TopicDescription ensureStreamTopic(TableDefinition table) {
            requireThere();
            String topic = Topics.stream(region, table.name());
            create(topic, settings.streamPartitions(table));
            return describe(topic).orElseThrow();
        }

        @Override
        public void setStreamRetention(TableDefinition table) {
            requireThere();
        }

        @Override
        public Optional<TopicDescription> describe(String topic) {
            requireThere();
            if (!topics.containsKey(topic)) {
                return Optional.empty();
            }
            Node leader = new Node(0, "localhost", 1);
            List<TopicPartitionInfo> partitions = IntStream.range(0, (int) logs.keySet().stream()
                            .filter(partition -> partition.topic().equals(topic))
                            .count())
                    .mapToObj(partition -> new TopicPartitionInfo(partition, leader, List.of(leader), List.of(leader)))
                    .toList();
            return Optional.of(new TopicDescription(topic, false, partitions, Set.of(), topics.get(topic)));
        }

        @Override
        public Map<TopicPartition, PartitionEnd> readEnds(
                Collection<TopicDescription> descriptions, Duration settleTime) {
            requireThere();
            if (!settleTime.isZero()) {
                // Long enough for all that was on its way.
                late.forEach((partition, records) -> logs.get(partition)
                        .addAll(List.copyOf(records).subList(0, random.nextInt(records.size() + 1))));
                late.clear();
            }
            Map<TopicPartition, PartitionEnd> ends = new TreeMap<>(ORDER);
            for (TopicDescription topic : descriptions) {
                topic.partitions().forEach(info -> {
                    TopicPartition partition = new TopicPartition(topic.name(), info.partition());
                    List<ProducerRecord<byte[], byte[]>> log = logs.get(partition);
                    ends.put(
                            partition,
                            new PartitionEnd(
                                    topic.topicId(),
                                    log.size(),
                                    log.isEmpty() ? null : position(log.get(log.size() - 1))));
                });
            }
            return ends;
        }

        @Override
        public void learn(Set<String> names) {
            requireThere();
        }

        @Override
        public void send(ProducerRecord<byte[], byte[]> record, Callback callback) {
            if (ended) {
                throw new IllegalStateException("the producer is closed");
            }
            inFlight.computeIfAbsent(new TopicPartition(record.topic(), record.partition()), none -> new ArrayDeque<>())
                    .add(new Sent(record, callback));
        }

        @Override
        public void stopSending() {
            end(null);
        }

        @Override
        public void close() {
            end(null);
        }

        private void requireThere() {
            if (away) {
                throw new TimeoutException("Kafka is away");
            }
        }
    }
}
