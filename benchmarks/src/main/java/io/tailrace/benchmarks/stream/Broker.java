package io.tailrace.benchmarks.stream;

import io.tailrace.benchmarks.process.BrokerMain;
import io.tailrace.benchmarks.process.ChildProcess;
import io.tailrace.capture.CaptureConfig;
import io.tailrace.capture.TopicAdmin;
import io.tailrace.capture.TopicSettings;
import io.tailrace.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;

/**
 * Tailrace's embedded broker in a process of its own, so that this process's CPU is that of its clients. Each round works on
 * topics of its own, which are those of a region that has the round's name.
 */
public final class Broker implements AutoCloseable {
    private static final long LIMIT_SECONDS = 60;

    private final Path workDir;
    private final ChildProcess process;
    private final TopicSettings topics;
    private int regions;

    private Broker(Path workDir, ChildProcess process, TopicSettings topics) {
        this.workDir = workDir;
        this.process = process;
        this.topics = topics;
    }

    public static Broker start(Path workDir, TopicSettings topics) throws IOException, InterruptedException {
        return new Broker(workDir, BrokerMain.start(workDir), topics);
    }

    /** Capture into topics that nobody has used before. */
    public CaptureConfig newRegion() {
        return region("round-" + ++regions);
    }

    /** Capture into this region's topics. */
    public CaptureConfig region(String region) {
        return CaptureConfig.of(process.readyText(), region, workDir.resolve(region + ".checkpoint"))
                .withTopics(topics);
    }

    /** Makes the region's topics without those of streams just as capture does. */
    public void createTopics(CaptureConfig config) {
        try (TopicAdmin admin = new TopicAdmin(config.connection(), config.region(), topics)) {
            admin.ensureRegionTopics();
        }
    }

    /** Makes the region's topics just as capture does. */
    public void createTopics(CaptureConfig config, String table) {
        try (TopicAdmin admin = new TopicAdmin(config.connection(), config.region(), topics)) {
            admin.ensureRegionTopics();
            admin.ensureStreamTopic(table, topics.streams());
        }
    }

    /** Gives the disk back. */
    public void deleteTopics(CaptureConfig config) throws InterruptedException, ExecutionException, TimeoutException {
        try (Admin admin = Admin.create(Map.copyOf(config.connection()))) {
            Set<String> all = admin.listTopics().names().get(LIMIT_SECONDS, TimeUnit.SECONDS);
            Collection<String> ofRegion = all.stream()
                    .filter(topic -> topic.startsWith(Topics.streamPrefix(config.region()))
                            || List.of(
                                            Topics.mutations(config.region()),
                                            Topics.commands(config.region()),
                                            Topics.deadLetters(config.region()))
                                    .contains(topic))
                    .collect(Collectors.toSet());
            admin.deleteTopics(ofRegion).all().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
