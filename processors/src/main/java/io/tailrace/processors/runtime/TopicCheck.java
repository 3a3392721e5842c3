package io.tailrace.processors.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Looks whether the topics of an application exist, and makes its dead-letter topic. */
final class TopicCheck {
    private static final int TIMEOUT_MILLIS = 3_000;

    private final Application application;
    private final String maxMessageBytes;

    TopicCheck(Application application, String maxMessageBytes) {
        this.application = application;
        this.maxMessageBytes = maxMessageBytes;
    }

    /** What is there: the partition counts when all is, else what is missing. */
    record Outcome(Optional<Map<String, Integer>> partitions, String waitingFor) {
        static Outcome waitingFor(String what) {
            return new Outcome(Optional.empty(), what);
        }
    }

    Outcome check(Admin admin) throws InterruptedException {
        try {
            Optional<Outcome> missing = createDeadLetterTopic(admin);
            return missing.isPresent() ? missing.get() : describe(admin);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RetriableException) {
                return Outcome.waitingFor("waiting for Kafka at "
                        + application.config().bootstrapServers() + ": "
                        + failed.getCause().getMessage());
            }
            throw new KafkaException("the topics of " + application.name() + " cannot be checked", failed.getCause());
        }
    }

    private Outcome describe(Admin admin) throws ExecutionException, InterruptedException {
        Map<String, KafkaFuture<TopicDescription>> described = admin.describeTopics(
                        application.topics(), new DescribeTopicsOptions().timeoutMs(TIMEOUT_MILLIS))
                .topicNameValues();
        Map<String, Integer> partitions = new LinkedHashMap<>();
        for (String topic : application.topics()) {
            try {
                partitions.put(topic, described.get(topic).get().partitions().size());
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof UnknownTopicOrPartitionException) {
                    return Outcome.waitingFor("waiting for the topic " + topic);
                }
                throw failed;
            }
        }
        return new Outcome(Optional.of(partitions), null);
    }

    private Optional<Outcome> createDeadLetterTopic(Admin admin) throws ExecutionException, InterruptedException {
        Optional<Integer> partitions = Optional.of(application.config().partitions()); // as capture makes it
        NewTopic topic = new NewTopic(application.deadLetterTopic(), partitions, Optional.empty())
                .configs(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, maxMessageBytes));
        try {
            admin.createTopics(List.of(topic), new CreateTopicsOptions().timeoutMs(TIMEOUT_MILLIS))
                    .all()
                    .get();
            return Optional.empty();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof TopicExistsException) {
                return Optional.empty();
            }
            throw failed;
        }
    }
}
