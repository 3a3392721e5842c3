package io.tailrace.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/** A file system of its own in memory, which can be filled. */
record SmallDisk(Path path) implements AutoCloseable {
    private static final int CHUNK_BYTES = 1 << 20;

    /** Ends the test as not to be done here when nothing may be mounted. */
    static SmallDisk mount(Path path, int mebibytes) throws IOException {
        Files.createDirectory(path);
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tailrace-test", path.toString()))
                .as("a small file system can be mounted, which takes root on Linux")
                .isZero();
        return new SmallDisk(path);
    }

    /** Leaves so much. */
    void fill(long leftBytes) throws IOException {
        try (FileChannel file =
                FileChannel.open(path.resolve("filler"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            // Others write too.
            for (long rest = usable() - leftBytes; rest > 0; rest = usable() - leftBytes) {
                file.write(ByteBuffer.allocate((int) Math.min(rest, CHUNK_BYTES)));
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    void free() throws IOException {
        Files.delete(path.resolve("filler"));
    }

    private long usable() {
        return path.toFile().getUsableSpace();
    }

    @Override
    public void close() {
        assertThat(run("umount", "--lazy", path.toString())).isZero();
    }

    /** Its exit code; -1 when there is no such program, or it does not end. */
    static int run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(1, TimeUnit.MINUTES) ? process.exitValue() : -1;
        } catch (IOException missing) {
            return -1;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }
}
