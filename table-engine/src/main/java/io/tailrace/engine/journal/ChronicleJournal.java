package io.tailrace.engine.journal;

import io.tailrace.engine.disk.DiskSync;
import io.tailrace.engine.step.EngineStep;
import io.tailrace.engine.step.StepListener;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal in segments, each a Chronicle queue of its own, named after its first entry. A process appends only to
 * segments that it created itself, so that no writer ever meets what another left unfinished.
 *
 * <p>Appending belongs to one thread, the writer; {@link #sync}, {@link #remove} and everything of {@link Journal} may be
 * called by any.
 */
public final class ChronicleJournal implements Journal, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ChronicleJournal.class);

    private final Path directory;
    private final StepListener steps;
    private final DiskSync disk;
    private final JournalSpace space;
    private final JournalConfig config;
    private final Clock clock;
    private final JournalMetrics metrics;
    private final SegmentTable segments;
    /** Segments from here on were created by this process. */
    private final long firstOwnSequence;

    private final ReentrantLock readableLock = new ReentrantLock();
    private final Condition readableChanged = readableLock.newCondition();

    /** Guards the file that is forced against being closed by a roll at the same time. */
    private final ReentrantLock fileLock = new ReentrantLock();

    private SegmentQueue queue;
    private FileChannel file;
    private Segment current;
    private Instant currentCreated = Instant.MIN;
    private long currentBytes;

    private volatile long lastSequence;
    private volatile long syncedSequence;
    private volatile long readableSequence;
    private volatile boolean closed;
    /** After this nothing is appended or forced until {@link #repair}: a force may seem to succeed the next time. */
    private volatile IOException failure;
    /** Whether it was a force that failed. */
    private boolean forceFailed;
    /** Whether an append did not come to its end: there may be a piece of an entry in the file. */
    private boolean appending;

    private final JournalEnd end;

    private ChronicleJournal(Path directory, JournalConfig config, JournalDependencies dependencies, JournalScan scan)
            throws IOException {
        this.end = JournalEnd.open(
                directory, new JournalEnd.Note(scan.lastSequence(), scan.lastSequence()), dependencies.disk());
        this.directory = directory;
        this.steps = dependencies.steps();
        this.disk = dependencies.disk();
        this.space = new JournalSpace(directory, disk, config.maxSizeBytes(), this::sizeBytes);
        this.config = config;
        this.clock = dependencies.clock();
        this.metrics = new JournalMetrics(dependencies.meters(), dependencies.region());
        this.segments = new SegmentTable(directory, disk, scan, config.rollSizeBytes() + maxEntryBytes());
        this.lastSequence = scan.lastSequence();
        this.syncedSequence = scan.lastSequence();
        this.readableSequence = scan.lastSequence();
        this.firstOwnSequence = scan.lastSequence() + 1;
        metrics.watch(segments, space, config.maxSizeBytes());
    }

    /**
     * Opens the journal, checking what is there first.
     *
     * @param shutdown how the last use of the journal ended
     * @throws JournalCorruptException when an entry cannot be trusted; nothing is changed then
     */
    public static ChronicleJournal open(
            Path directory, JournalConfig config, JournalDependencies dependencies, Shutdown shutdown)
            throws IOException {
        DiskSync disk = dependencies.disk();
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
            disk.forceDirectory(directory.toAbsolutePath().getParent());
        }
        JournalScan scan = JournalScan.of(directory, config.verifyBytes(), shutdown);
        scan.requireEnd(directory);
        SegmentTable.deleteLeftovers(directory, scan, disk);
        if (scan.tornTail().isPresent()) {
            JournalScan.TornTail torn = scan.tornTail().get();
            SegmentRepair.truncate(torn.file(), torn.position());
        }
        Map.Entry<Long, Segment> last = scan.segments().lastEntry();
        if (last != null) {
            // What was read may be in the page cache only; from now on it counts as durable.
            SegmentRepair.force(last.getValue().file(), disk);
        }
        return new ChronicleJournal(directory, config, dependencies, scan);
    }

    /** The number of the last appended entry; 0 when there never was one. */
    public long lastSequence() {
        return lastSequence;
    }

    /** The number of the last entry that is on the disk. */
    public long syncedSequence() {
        return syncedSequence;
    }

    /** The largest entry that can be appended. */
    public int maxEntryBytes() {
        return SegmentQueue.maxEntryBytes(config.blockSizeBytes());
    }

    /** How long the entry would be in the journal. */
    public static long encodedLength(JournalEntry entry) {
        return EntryCodec.encodedLength(entry);
    }

    /**
     * Checks that the state may go on with this entry.
     *
     * @throws JournalCorruptException when it, or what is to come before it, is not in the journal
     */
    public void requireFrom(long fromSequence) {
        long next = lastSequence + 1;
        if (fromSequence > next || fromSequence < firstSequence()) {
            Segment nearest = segments.isEmpty()
                    ? Segment.of(directory, next)
                    : fromSequence > next ? segments.last() : segments.first();
            throw JournalScan.corrupt(
                    nearest,
                    0,
                    fromSequence,
                    "the state has applied " + (fromSequence - 1) + " and the journal has the entries from "
                            + firstSequence() + " to " + lastSequence,
                    null);
        }
    }

    /**
     * Passes on the entries from {@code fromSequence} to the last, for recovery.
     *
     * @throws JournalCorruptException when they are not all there, or one cannot be trusted
     */
    public void replay(long fromSequence, Consumer<JournalEntry> consumer) throws IOException {
        requireFrom(fromSequence);
        for (Segment segment : segments.from(fromSequence)) {
            JournalScan.read(segment, fromSequence, segments.lastSequenceOf(segment, lastSequence), consumer);
        }
    }

    /**
     * Appends entries, which have the numbers after {@link #lastSequence}. Readers do not see them before {@link #publish}.
     *
     * @throws JournalFullException when there is no room; nothing was appended then
     * @throws IOException when it failed, perhaps with some of the entries in the file; {@link #repair} comes next
     */
    public void append(List<JournalEntry> entries) throws IOException {
        if (entries.isEmpty()) {
            return;
        }
        requireUsable();
        space.require(entries.stream().mapToLong(EntryCodec::encodedLength).sum());
        long start = System.nanoTime();
        appending = true;
        for (JournalEntry entry : entries) {
            if (entry.sequence() != lastSequence + 1) {
                throw new IllegalStateException("entry " + entry.sequence() + " after " + lastSequence);
            }
            byte[] bytes = EntryCodec.encode(entry, syncedSequence);
            if (bytes.length > maxEntryBytes()) {
                throw new IllegalArgumentException(
                        "an entry of " + bytes.length + " bytes, the largest is " + maxEntryBytes());
            }
            if (needsNewSegment()) {
                roll(entry.sequence());
            }
            append(bytes);
            long place = entry.sequence() - current.firstSequence();
            if (queue.lastPlace() != place) {
                throw new IllegalStateException("entry " + entry.sequence() + " came to place " + queue.lastPlace()
                        + " of " + current.file() + " instead of " + place);
            }
            lastSequence = entry.sequence();
            currentBytes += bytes.length;
            metrics.appendedBytes.increment(bytes.length);
            steps.reached(EngineStep.ENTRY_APPENDED);
        }
        segments.resize(current, currentBytes);
        // A fault in the mapped file is thrown when the thread comes back from the system: here, before the entries
        // count.
        file.size();
        appending = false;
        metrics.append.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    }

    private void append(byte[] entry) throws IOException {
        if (steps == StepListener.NONE) {
            queue.append(entry);
        } else {
            queue.append(entry, () -> steps.reached(EngineStep.APPEND_HALFWAY));
        }
    }

    /** Forces all that was appended to the disk. */
    public void sync() throws IOException {
        fileLock.lock();
        try {
            long appended = lastSequence;
            if (appended == syncedSequence) {
                return;
            }
            requireUsable();
            long start = System.nanoTime();
            steps.reached(EngineStep.SYNC_BEGINS);
            disk.force(current.file(), file);
            steps.reached(EngineStep.SYNC_ENDS);
            queue.forced();
            syncedSequence = appended;
            metrics.sync.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        } catch (IOException e) {
            if (failure == null) {
                forceFailed = true;
                failure = e;
            }
            throw e;
        } finally {
            fileLock.unlock();
        }
    }

    /**
     * After an append or a force that failed: leaves the entries that readers may see and nothing behind them, all on the
     * disk, and begins a new segment, in which appending goes on. Belongs to the thread that appends.
     *
     * @throws IOException when that is not possible yet; to be called again
     * @throws JournalCorruptException when an entry that was published cannot be read any more
     */
    public void repair() throws IOException {
        fileLock.lock();
        try {
            abandonCurrent();
            long last = readableSequence;
            // First, so that no end of the process from here on leaves a note of what was cut off.
            end.lower(new JournalEnd.Note(last, Math.min(last, syncedSequence)));
            segments.removeBehind(last, steps);
            Segment tail = segments.last();
            if (tail != null && tail.firstSequence() >= firstOwnSequence) {
                repair(tail, last);
            }
            disk.forceDirectory(directory);
            lastSequence = last;
            syncedSequence = last;
            forceFailed = false;
            appending = false;
            // It is only over when a file can be made and opened, too.
            roll(last + 1);
            failure = null;
        } finally {
            fileLock.unlock();
        }
    }

    private void repair(Segment tail, long last) throws IOException {
        SegmentRepair repair = new SegmentRepair(disk, config.blockSizeBytes());
        if (forceFailed) {
            repair.rewrite(tail, last);
        } else if (appending || lastSequence > last || syncedSequence < last) {
            repair.cut(tail, last);
            try (FileChannel shortened = disk.open(tail.file())) {
                // Until it has succeeded: a second force of the same file would prove nothing.
                forceFailed = true;
                disk.force(tail.file(), shortened);
            }
        }
    }

    /** Looks whether there is room for further entries; {@link #full} tells. */
    public void lookForSpace() throws IOException {
        space.look();
    }

    /** Why nothing can be appended, as of the last look; empty when there is room. */
    public Optional<String> full() {
        return space.full();
    }

    /** Whether the journal has most of the size that it may have. */
    public boolean isSizeAlarm() {
        return space.isAlarm();
    }

    /** Bytes of the entries in the files. */
    public long sizeBytes() {
        return segments.sizeBytes();
    }

    /** Lets readers see the entries up to and with this one. */
    public void publish(long sequence) {
        // Before anybody can be told of it.
        end.note(new JournalEnd.Note(sequence, syncedSequence));
        if (current != null) {
            segments.publish(current, queue.endPosition());
        }
        readableLock.lock();
        try {
            readableSequence = sequence;
            readableChanged.signalAll();
        } finally {
            readableLock.unlock();
        }
    }

    /**
     * Removes the segments all of whose entries have numbers up to {@code sequence} and are older than the retention, or
     * whatever their age when the journal has most of the size that it may have.
     *
     * @return how many were removed
     */
    public int remove(long sequence) throws IOException {
        Instant horizon = clock.instant().minus(config.retention());
        int removed = 0;
        List<Segment> candidates = segments.all();
        for (int i = 0; i + 1 < candidates.size(); i++) {
            Segment successor = candidates.get(i + 1);
            // The successor's first entry is younger than all of the segment's.
            boolean young =
                    !space.isTight() && SegmentTable.firstCommitTime(successor).isAfter(horizon);
            if (successor.firstSequence() - 1 > sequence || young) {
                break;
            }
            segments.remove(candidates.get(i), steps);
            removed++;
        }
        return removed;
    }

    @Override
    public JournalReader openReader() {
        return new SegmentReader(this);
    }

    @Override
    public long firstSequence() {
        Segment first = segments.first();
        return first == null ? lastSequence + 1 : first.firstSequence();
    }

    @Override
    public long readableSequence() {
        return readableSequence;
    }

    @Override
    public boolean awaitReadable(long sequence, Duration timeout) throws InterruptedException {
        long rest = timeout.toNanos();
        readableLock.lockInterruptibly();
        try {
            while (readableSequence <= sequence) {
                if (rest <= 0 || closed) {
                    return false;
                }
                rest = readableChanged.awaitNanos(rest);
            }
            return true;
        } finally {
            readableLock.unlock();
        }
    }

    /** Forces what was appended and closes the files. Readers must be closed by their owners. */
    @Override
    public void close() throws IOException {
        readableLock.lock();
        try {
            closed = true;
            readableChanged.signalAll();
        } finally {
            readableLock.unlock();
        }
        try (end) {
            closeCurrent();
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Up to where a segment's file may be read. */
    long readableEnd(Segment segment) {
        return segments.readableEnd(segment);
    }

    /** The segment that has this entry, or null. */
    Segment segmentOf(long sequence) {
        return segments.of(sequence);
    }

    private void requireUsable() throws IOException {
        if (failure != null) {
            throw new IOException("the journal failed before: " + failure.getMessage(), failure);
        }
    }

    private boolean needsNewSegment() {
        return current == null
                || currentBytes >= config.rollSizeBytes()
                || lastSequence - current.firstSequence() >= SegmentQueue.MAX_ENTRIES
                || !clock.instant().isBefore(currentCreated.plus(config.rollInterval()));
    }

    private void roll(long firstSequence) throws IOException {
        steps.reached(EngineStep.ROLL_BEGINS);
        closeCurrent();
        steps.reached(EngineStep.ROLL_CLOSED_OLD);
        Segment segment = Segment.of(directory, firstSequence);
        Files.createDirectory(segment.directory());
        steps.reached(EngineStep.ROLL_MADE_DIRECTORY);
        SegmentQueue opened = SegmentQueue.open(segment.directory(), config.blockSizeBytes());
        fileLock.lock();
        try {
            opened.createFile();
            file = disk.open(segment.file());
            queue = opened;
        } finally {
            fileLock.unlock();
            if (queue != opened) {
                opened.close();
            }
        }
        steps.reached(EngineStep.ROLL_MADE_FILE);
        disk.forceDirectory(segment.directory());
        disk.forceDirectory(directory);
        current = segment;
        currentCreated = clock.instant();
        currentBytes = 0;
        segments.add(segment, 0);
        steps.reached(EngineStep.ROLL_ENDS);
    }

    /** Every segment but the last is on the disk as a whole, whatever the durability setting. */
    private void closeCurrent() throws IOException {
        fileLock.lock();
        try {
            if (queue == null) {
                return;
            }
            sync();
            long end = queue.endPosition();
            queue.close();
            // What is behind is a hole, which copies fill, and nobody appends here any more.
            file.truncate(end);
            file.close();
            queue = null;
            file = null;
            current = null;
        } finally {
            fileLock.unlock();
        }
    }

    /** Closes what is open without a force, whatever state it is in. */
    private void abandonCurrent() {
        try (FileChannel openFile = file;
                SegmentQueue openQueue = queue) {
            log.debug("Closing {} and {}", openFile, openQueue);
        } catch (IOException | RuntimeException | Error e) {
            // A fault in the mapped file may come up once more.
            log.warn("The journal's file cannot be closed properly", e);
        }
        queue = null;
        file = null;
        current = null;
    }
}
