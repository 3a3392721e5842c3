package io.tailrace.benchmarks.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;

/**
 * The least that group commit takes: a queue, and a thread that appends what has gathered in it to a file with one write,
 * forces the file if it is to, and answers. Batches are bounded as the engine's are.
 */
final class AppendLoop implements AutoCloseable {
    private static final int QUEUE_CAPACITY = 10_000;
    private static final int MAX_BATCH = 512;

    private record Pending(byte[] bytes, CompletableFuture<Void> done) {}

    private final FileChannel file;
    private final boolean sync;
    private final BlockingQueue<Pending> queue = new ArrayBlockingQueue<>(QUEUE_CAPACITY);
    private final Thread thread = new Thread(this::run, "append-loop");

    AppendLoop(Path file, boolean sync) throws IOException {
        this.file = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.sync = sync;
        thread.start();
    }

    CompletableFuture<Void> append(byte[] bytes) throws InterruptedException {
        Pending pending = new Pending(bytes, new CompletableFuture<>());
        queue.put(pending);
        return pending.done();
    }

    private void run() {
        List<Pending> batch = new ArrayList<>(MAX_BATCH);
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
        try {
            while (true) {
                batch.add(queue.take());
                queue.drainTo(batch, MAX_BATCH - 1);
                write(batch, buffer);
                if (sync) {
                    file.force(false);
                }
                batch.forEach(pending -> pending.done().complete(null));
                batch.clear();
            }
        } catch (InterruptedException closed) {
            fail(batch, closed);
        } catch (IOException failure) {
            fail(batch, failure);
        }
    }

    private void write(List<Pending> batch, ByteBuffer buffer) throws IOException {
        buffer.clear();
        for (Pending pending : batch) {
            if (buffer.remaining() < pending.bytes().length) {
                drain(buffer);
            }
            buffer.put(pending.bytes());
        }
        drain(buffer);
    }

    private void drain(ByteBuffer buffer) throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
        buffer.clear();
    }

    private void fail(List<Pending> batch, Exception cause) {
        queue.drainTo(batch);
        batch.forEach(pending -> pending.done().completeExceptionally(cause));
    }

    @Override
    public void close() throws IOException {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        file.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
