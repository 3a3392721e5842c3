package io.tailrace.capture;

import io.tailrace.engine.TableEngine;
import io.tailrace.engine.journal.CommandPosition;
import io.tailrace.engine.writer.WriteOperation;
import java.util.concurrent.CompletableFuture;

/** Where commands go: an engine, or what stands for one in a test. */
interface CommandTarget {
    /** The last offset that was carried out or refused; -1 when there is none. */
    long appliedCommandOffset(int topicPartition);

    /** As {@code TableEngine.incarnation}. */
    long incarnation();

    /** As {@code TableEngine.write}. */
    <R> CompletableFuture<R> write(WriteOperation<R> operation, CommandPosition position, long incarnation);

    static CommandTarget of(TableEngine engine) {
        return new CommandTarget() {
            @Override
            public long appliedCommandOffset(int topicPartition) {
                return engine.appliedCommandOffset(topicPartition);
            }

            @Override
            public long incarnation() {
                return engine.incarnation();
            }

            @Override
            public <R> CompletableFuture<R> write(
                    WriteOperation<R> operation, CommandPosition position, long incarnation) {
                return engine.write(operation, position, incarnation);
            }
        };
    }
}
