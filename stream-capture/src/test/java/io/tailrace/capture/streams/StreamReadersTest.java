package io.tailrace.capture.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.capture.CaptureConfig;
import io.tailrace.capture.PartitionTail;
import io.tailrace.capture.StreamProgress;
import io.tailrace.capture.TopicLoss;
import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.schemas.topic.SequenceNumbers.Position;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However many reads there are, consumers and waiting reads are bounded; what is too much is told to come again. */
@Timeout(120)
class StreamReadersTest {
    private static final int READERS = 2;
    private static final int MAX_WAITING = 1_000;
    private static final int READS = 5_000;

    /** It takes connections and never answers: every read is stuck. */
    @Test
    void stuckReadsAreBounded() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            StreamReaders readers = new StreamReaders(
                    CaptureConfig.of("127.0.0.1:" + silent.getLocalPort(), "stuck", Path.of("unused")),
                    new Nothing(),
                    READERS);
            List<CompletableFuture<RecordPage>> reads = new ArrayList<>();
            for (int i = 0; i < READS; i++) {
                reads.add(readers.read(new ReadRequest(
                        new TopicPartition("t", i % 7), new Position(1, 0), null, i, null, -1, 1, 1_000)));
            }
            assertThat(reads.stream().filter(CompletableFuture::isDone)).hasSize(READS - MAX_WAITING - READERS);
            assertThat(reads.stream().filter(CompletableFuture::isDone).map(StreamReadersTest::error))
                    .containsOnly(ErrorType.THROTTLING);
            assertThat(readers.consumers()).isLessThanOrEqualTo(READERS);
            readers.close();
            for (CompletableFuture<RecordPage> read : reads) {
                read.handle((page, failure) -> failure).get(1, TimeUnit.MINUTES);
            }
            assertThat(readers.consumers()).isZero();
        }
    }

    private static ErrorType error(CompletableFuture<RecordPage> read) {
        try {
            read.join();
            return null;
        } catch (CompletionException failure) {
            return ((DynamoException) failure.getCause()).type();
        }
    }

    private static final class Nothing implements StreamProgress {
        @Override
        public long capturedSequence() {
            return 0;
        }

        @Override
        public PartitionTail tail(TopicPartition partition) {
            return null;
        }

        @Override
        public Optional<TopicLoss> loss() {
            return Optional.empty();
        }

        @Override
        public long firstSequence() {
            return 1;
        }
    }
}
