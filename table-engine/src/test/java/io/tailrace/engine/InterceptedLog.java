package io.tailrace.engine;

import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.writer.CommitLog;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A commit log with something of a test's around its steps. */
class InterceptedLog implements CommitLog {
    private final CommitLog log;

    InterceptedLog(CommitLog log) {
        this.log = log;
    }

    /** Something between the steps. */
    @FunctionalInterface
    interface Step {
        void run(long sequence) throws IOException, InterruptedException;
    }

    /** Runs a step between append and durability. */
    static InterceptedLog betweenAppendAndDurable(CommitLog log, Step step) {
        return new InterceptedLog(log) {
            @Override
            public void makeDurable(long sequence) throws IOException, InterruptedException {
                step.run(sequence);
                super.makeDurable(sequence);
            }
        };
    }

    @Override
    public long lastSequence() {
        return log.lastSequence();
    }

    @Override
    public int maxEntryBytes() {
        return log.maxEntryBytes();
    }

    @Override
    public long encodedLength(JournalEntry entry) {
        return log.encodedLength(entry);
    }

    @Override
    public void append(List<JournalEntry> entries) throws IOException {
        log.append(entries);
    }

    @Override
    public void makeDurable(long sequence) throws IOException, InterruptedException {
        log.makeDurable(sequence);
    }

    @Override
    public Optional<String> full() {
        return log.full();
    }

    @Override
    public void recover(int attempt) throws IOException, InterruptedException {
        log.recover(attempt);
    }
}
