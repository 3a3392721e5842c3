package io.tailrace.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.engine.step.StepListener;
import io.tailrace.schemas.model.StreamViewType;
import io.tailrace.schemas.topic.SequenceNumbers.Position;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves that a checkpoint comes back as it was written, and that no damaged one is believed. */
class CheckpointFileTest {
    @TempDir
    private Path dir;

    @Test
    void comesBackAsWritten() {
        Checkpoint checkpoint = checkpoint();
        CheckpointFile file = new CheckpointFile(dir.resolve("sub/checkpoint"), StepListener.NONE);
        assertThat(file.read()).isEmpty();
        file.write(new Checkpoint(1, checkpoint.catalog(), Map.of(), false));
        file.write(checkpoint);
        Checkpoint read = file.read().orElseThrow();
        assertThat(read.capturedSequence()).isEqualTo(checkpoint.capturedSequence());
        assertThat(read.clean()).isTrue();
        assertThat(read.acknowledged()).isEqualTo(checkpoint.acknowledged());
        assertThat(read.catalog().tables())
                .containsExactlyElementsOf(checkpoint.catalog().tables());
        assertThat(read.catalog().nextId()).isEqualTo(checkpoint.catalog().nextId());
    }

    @Test
    void isNotBelievedWhenAnyByteIsWrongOrMissing() throws Exception {
        Path path = dir.resolve("checkpoint");
        CheckpointFile file = new CheckpointFile(path, StepListener.NONE);
        file.write(checkpoint());
        byte[] good = Files.readAllBytes(path);
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 0x10;
            Files.write(path, bad);
            assertThatThrownBy(file::read).as("byte %d is wrong", i).hasMessageContaining("is corrupt");
            Files.write(path, Arrays.copyOf(good, i));
            assertThatThrownBy(file::read).as("%d bytes are left", i).hasMessageContaining("is corrupt");
        }
    }

    private static Checkpoint checkpoint() {
        Workload workload = new Workload("here", new MemoryJournal(), 1);
        workload.createTable("A", StreamViewType.OLD_IMAGE);
        workload.createTable("B", null);
        return new Checkpoint(
                77,
                workload.catalog(),
                Map.of(
                        new TopicPartition("topic", 3),
                        new Checkpoint.Acknowledged(Uuid.randomUuid(), 5, new Position(78, 2))),
                true);
    }
}
