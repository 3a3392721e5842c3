package io.tailrace.capture;

import io.tailrace.engine.catalog.Catalog;
import io.tailrace.engine.disk.DiskSync;
import io.tailrace.engine.step.StepListener;
import io.tailrace.schemas.codec.MalformedAvroException;
import io.tailrace.schemas.codec.TableDefinitionCodec;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.topic.SequenceNumbers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * The checkpoint on disk, replaced as a whole. Integers are big endian:
 *
 * <pre>
 * magic "TRCP" | version (4) | CRC-32C of what follows (4)
 * captured sequence (8) | clean (1) | next id of the catalog (4)
 * tables (4), each: length (4) | TableDefinition (Avro)
 * partitions (4), each: topic (UTF) | partition (4) | topic id (16) | offset (8) | sequence (8) | mutation index (4)
 * </pre>
 */
final class CheckpointFile {
    private static final int MAGIC = 0x54524350;
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = 12;

    private final Path file;
    private final StepListener steps;

    CheckpointFile(Path file, StepListener steps) {
        this.file = file.toAbsolutePath();
        this.steps = steps;
    }

    /**
     * The checkpoint; empty when there is none.
     *
     * @throws UncheckedIOException when it cannot be read or cannot be trusted
     */
    Optional<Checkpoint> read() {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        try {
            return Optional.of(decode(bytes));
        } catch (IOException | MalformedAvroException | IllegalArgumentException corrupt) {
            throw new UncheckedIOException(
                    new IOException("the checkpoint " + file + " is corrupt: " + corrupt, corrupt));
        }
    }

    void write(Checkpoint checkpoint) {
        steps.reached(CaptureStep.CHECKPOINT_BEGINS);
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.createDirectories(file.getParent());
            try (FileChannel channel = FileChannel.open(
                    next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer bytes = ByteBuffer.wrap(encode(checkpoint));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            steps.reached(CaptureStep.CHECKPOINT_WRITTEN);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            DiskSync.SYSTEM.forceDirectory(file.getParent());
            steps.reached(CaptureStep.CHECKPOINT_ENDS);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Makes capture go on from what Kafka has; takes no room on a disk that is full. */
    void delete() {
        try {
            if (Files.deleteIfExists(file)) {
                DiskSync.SYSTEM.forceDirectory(file.getParent());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static byte[] encode(Checkpoint checkpoint) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(content);
        out.writeLong(checkpoint.capturedSequence());
        out.writeBoolean(checkpoint.clean());
        out.writeInt(checkpoint.catalog().nextId());
        out.writeInt(checkpoint.catalog().tables().size());
        for (TableDefinition table : checkpoint.catalog().tables()) {
            byte[] encoded = TableDefinitionCodec.encode(table);
            out.writeInt(encoded.length);
            out.write(encoded);
        }
        out.writeInt(checkpoint.acknowledged().size());
        for (Map.Entry<TopicPartition, Checkpoint.Acknowledged> entry :
                checkpoint.acknowledged().entrySet()) {
            Checkpoint.Acknowledged acknowledged = entry.getValue();
            out.writeUTF(entry.getKey().topic());
            out.writeInt(entry.getKey().partition());
            out.writeLong(acknowledged.topicId().getMostSignificantBits());
            out.writeLong(acknowledged.topicId().getLeastSignificantBits());
            out.writeLong(acknowledged.offset());
            out.writeLong(acknowledged.position().sequence());
            out.writeInt(acknowledged.position().mutationIndex());
        }
        byte[] body = content.toByteArray();
        return ByteBuffer.allocate(HEADER_BYTES + body.length)
                .putInt(MAGIC)
                .putInt(VERSION)
                .putInt(checksum(body, 0))
                .put(body)
                .array();
    }

    private static Checkpoint decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        if (in.readInt() != MAGIC) {
            throw new IOException("not a checkpoint");
        }
        int version = in.readInt();
        if (version != VERSION) {
            throw new IOException("version " + version);
        }
        if (in.readInt() != checksum(bytes, HEADER_BYTES)) {
            throw new IOException("wrong checksum");
        }
        long capturedSequence = in.readLong();
        boolean clean = in.readBoolean();
        int nextId = in.readInt();
        List<TableDefinition> tables = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            tables.add(TableDefinitionCodec.decode(ByteBuffer.wrap(in.readNBytes(in.readInt()))));
        }
        Map<TopicPartition, Checkpoint.Acknowledged> acknowledged = new HashMap<>();
        for (int count = in.readInt(); count > 0; count--) {
            acknowledged.put(
                    new TopicPartition(in.readUTF(), in.readInt()),
                    new Checkpoint.Acknowledged(
                            new Uuid(in.readLong(), in.readLong()),
                            in.readLong(),
                            new SequenceNumbers.Position(in.readLong(), in.readInt())));
        }
        return new Checkpoint(capturedSequence, Catalog.of(tables, nextId), acknowledged, clean);
    }

    private static int checksum(byte[] bytes, int from) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, from, bytes.length - from);
        return (int) checksum.getValue();
    }
}
