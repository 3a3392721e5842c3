package io.tailrace.capture;

import io.tailrace.engine.check.Finding;
import io.tailrace.engine.step.StepListener;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * Checks how far capture is against the journal and against what Kafka holds, and changes nothing. An embedded broker's files
 * are read as they are; an external cluster is asked.
 */
public final class CaptureCheck {
    private static final String CAPTURE = "capture";

    /**
     * Where the topics are.
     *
     * @param config of capture; its bootstrap servers count when the broker is not embedded
     * @param embeddedLogDir of the embedded broker; empty for an external cluster
     */
    public record Kafka(CaptureConfig config, Optional<Path> embeddedLogDir) {
        public Kafka {
            Objects.requireNonNull(config);
            Objects.requireNonNull(embeddedLogDir);
        }
    }

    private final Kafka kafka;
    private final long journalFirst;
    private final long journalLast;
    private final List<Finding> findings = new ArrayList<>();

    private CaptureCheck(Kafka kafka, long journalFirst, long journalLast) {
        this.kafka = kafka;
        this.journalFirst = journalFirst;
        this.journalLast = journalLast;
    }

    /** Where an embedded broker with this directory has its logs. */
    public static Path embeddedLogDir(Path brokerDirectory) {
        return brokerDirectory.resolve("log");
    }

    /**
     * Checks.
     *
     * @param journalFirst the number of the journal's oldest entry
     * @param journalLast and of its last
     */
    public static List<Finding> of(Kafka kafka, long journalFirst, long journalLast) {
        CaptureCheck check = new CaptureCheck(kafka, journalFirst, journalLast);
        check.run();
        return List.copyOf(check.findings);
    }

    /**
     * Puts a checkpoint that cannot be read out of the way.
     *
     * @return what was done; empty when it can be read, or there is none
     */
    public static List<Finding> repair(CaptureConfig config) throws IOException {
        try {
            new CheckpointFile(config.checkpointFile(), StepListener.NONE).read();
            return List.of();
        } catch (UncheckedIOException unreadable) {
            Path file = config.checkpointFile();
            Path aside = file.resolveSibling(file.getFileName() + ".damaged");
            for (int i = 2; Files.exists(aside); i++) {
                aside = file.resolveSibling(file.getFileName() + ".damaged-" + i);
            }
            Files.move(file, aside);
            return List.of(Finding.repaired(CAPTURE, "the damaged checkpoint was moved to " + aside));
        }
    }

    private void run() {
        Optional<Checkpoint> checkpoint;
        try {
            checkpoint = new CheckpointFile(kafka.config().checkpointFile(), StepListener.NONE).read();
        } catch (UncheckedIOException unreadable) {
            findings.add(Finding.repairable(
                    CAPTURE,
                    unreadable.getCause().getMessage(),
                    "Capture goes on from what the topics hold, reading the journal from its beginning; --repair moves the"
                            + " file away"));
            checkpoint = Optional.empty();
        }
        Map<TopicPartition, PartitionEnd> ends;
        try {
            ends = ends(checkpoint);
        } catch (IOException | KafkaException unreadable) {
            findings.add(Finding.damage(
                    CAPTURE,
                    "the topics cannot be read: " + unreadable,
                    "See that Kafka is there and may be read, and check again"));
            return;
        }
        try {
            report(ResumePlan.decide(checkpoint, ends, journalFirst, journalLast), checkpoint, ends);
        } catch (CaptureException ahead) {
            findings.add(Finding.damage(CAPTURE, ahead.getMessage(), "Capture will not start like this"));
        }
    }

    private void report(ResumePlan plan, Optional<Checkpoint> checkpoint, Map<TopicPartition, PartitionEnd> ends) {
        for (String gap : plan.gaps()) {
            findings.add(Finding.damage(
                    CAPTURE,
                    "Kafka lacks what the journal does not have any more: " + gap,
                    "Capture stops at its start. Restore Kafka's data, or start the server and fill the topics again as far as the"
                            + " journal reaches: 'tailrace stream rebuild'"));
        }
        for (String loss : plan.losses()) {
            if (plan.gaps().stream().noneMatch(gap -> gap.startsWith(loss))) {
                findings.add(Finding.repairable(
                        CAPTURE,
                        "Kafka lost records that it had acknowledged: " + loss,
                        "The next start sends them again from the journal"));
            }
        }
        if (plan.gaps().isEmpty()) {
            long captured = checkpoint.map(Checkpoint::capturedSequence).orElse(0L);
            String where = kafka.embeddedLogDir()
                    .map(Path::toString)
                    .orElse(kafka.config().bootstrapServers());
            findings.add(Finding.ok(
                    CAPTURE,
                    String.format(
                            Locale.ROOT,
                            "%s; %d partitions in %s; it goes on with commit %,d of %,d",
                            checkpoint.isPresent()
                                    ? String.format(Locale.ROOT, "captured up to commit %,d", captured)
                                    : "no checkpoint",
                            ends.size(),
                            where,
                            plan.startSequence(),
                            journalLast)));
        }
    }

    private Map<TopicPartition, PartitionEnd> ends(Optional<Checkpoint> checkpoint) throws IOException {
        String region = kafka.config().region();
        Set<String> topics = new TreeSet<>();
        topics.add(Topics.mutations(region));
        checkpoint.ifPresent(known -> {
            for (TableDefinition table : known.catalog().tables()) {
                if (table.stream() != null) {
                    topics.add(Topics.stream(region, table.name()));
                }
            }
        });
        Map<TopicPartition, PartitionEnd> ends = kafka.embeddedLogDir().isPresent()
                ? LogFileEnds.read(kafka.embeddedLogDir().get(), topics)
                : ask(topics);
        return withMissing(ends, topics, checkpoint);
    }

    private Map<TopicPartition, PartitionEnd> ask(Set<String> topics) {
        CaptureConfig config = kafka.config();
        try (TopicAdmin admin = new TopicAdmin(config.connection(), config.region(), config.topics())) {
            List<TopicDescription> found = new ArrayList<>();
            topics.forEach(topic -> admin.describe(topic).ifPresent(found::add));
            return new TopicEnds(admin, config.connection()).read(found, Duration.ZERO);
        }
    }

    /** A partition that capture had written to and that is not there any more ends at its beginning. */
    private static Map<TopicPartition, PartitionEnd> withMissing(
            Map<TopicPartition, PartitionEnd> found, Set<String> topics, Optional<Checkpoint> checkpoint) {
        Map<TopicPartition, PartitionEnd> all = new HashMap<>(found);
        checkpoint.ifPresent(known -> known.acknowledged().keySet().forEach(partition -> {
            if (topics.contains(partition.topic())) {
                all.putIfAbsent(partition, new PartitionEnd(Uuid.ZERO_UUID, 0, null));
            }
        }));
        return all;
    }
}
