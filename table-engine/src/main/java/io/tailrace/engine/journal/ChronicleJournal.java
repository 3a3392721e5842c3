package io.tailrace.engine.journal;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tailrace.engine.disk.DiskSync;
import io.tailrace.engine.journal.EntryCodec.MalformedEntryException;
import io.tailrace.engine.step.EngineStep;
import io.tailrace.engine.step.StepListener;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The journal in segments, each a Chronicle queue of its own, named after its first entry. A process appends only to
 * segments that it created itself, so that no writer ever meets what another left unfinished.
 *
 * <p>Appending belongs to one thread, the writer; {@link #sync}, {@link #remove} and everything of {@link Journal} may be
 * called by any.
 */
public final class ChronicleJournal implements Journal, AutoCloseable {
    /** What must be left on the disk besides the entries that are appended. */
    private static final long MIN_USABLE_BYTES = 64L << 20;

    private final Path directory;
    private final StepListener steps;
    private final DiskSync disk;
    private final FileStore fileStore;
    private final JournalConfig config;
    private final Clock clock;
    private final JournalMetrics metrics;
    private final NavigableMap<Long, Segment> segments;
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
    /** After this nothing is appended or forced: a force that failed may seem to succeed the next time. */
    private volatile IOException failure;

    private final JournalEnd end;

    private ChronicleJournal(Path directory, JournalConfig config, JournalDependencies dependencies, JournalScan scan)
            throws IOException {
        this.end = JournalEnd.open(
                directory, new JournalEnd.Note(scan.lastSequence(), scan.lastSequence()), dependencies.disk());
        MeterRegistry registry = dependencies.meters();
        String region = dependencies.region();
        this.directory = directory;
        this.steps = dependencies.steps();
        this.disk = dependencies.disk();
        this.fileStore = Files.getFileStore(directory);
        this.config = config;
        this.clock = dependencies.clock();
        this.metrics = new JournalMetrics(registry, region);
        this.segments = new ConcurrentSkipListMap<>(scan.segments());
        this.lastSequence = scan.lastSequence();
        this.syncedSequence = scan.lastSequence();
        this.readableSequence = scan.lastSequence();
        Gauge.builder("tailrace.journal.segments", segments, Map::size)
                .description("Journal files")
                .tag("region", region)
                .register(registry);
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
        deleteLeftovers(directory, scan, disk);
        if (scan.tornTail().isPresent()) {
            JournalScan.TornTail torn = scan.tornTail().get();
            cut(torn.file(), torn.position());
        }
        Map.Entry<Long, Segment> last = scan.segments().lastEntry();
        if (last != null) {
            // What was read may be in the page cache only; from now on it counts as durable.
            force(last.getValue().file(), disk);
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
                    : (fromSequence > next ? segments.lastEntry() : segments.firstEntry()).getValue();
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
        Map.Entry<Long, Segment> start = segments.floorEntry(fromSequence);
        if (start == null) {
            return;
        }
        for (Segment segment : segments.tailMap(start.getKey(), true).values()) {
            JournalScan.read(segment, fromSequence, lastSequenceOf(segment), consumer);
        }
    }

    /** Appends entries, which have the numbers after {@link #lastSequence}. Readers do not see them before {@link #publish}. */
    public void append(List<JournalEntry> entries) throws IOException {
        requireUsable();
        requireSpace(entries.stream().mapToLong(EntryCodec::encodedLength).sum());
        long start = System.nanoTime();
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
        metrics.append.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    }

    private void append(byte[] entry) {
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
            syncedSequence = appended;
            metrics.sync.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        } catch (IOException e) {
            failure = e;
            throw e;
        } finally {
            fileLock.unlock();
        }
    }

    /** Lets readers see the entries up to and with this one. */
    public void publish(long sequence) {
        // Before anybody can be told of it.
        end.note(new JournalEnd.Note(sequence, syncedSequence));
        readableLock.lock();
        try {
            readableSequence = sequence;
            readableChanged.signalAll();
        } finally {
            readableLock.unlock();
        }
    }

    /**
     * Removes the segments all of whose entries have numbers up to {@code sequence} and are older than the retention.
     *
     * @return how many were removed
     */
    public int remove(long sequence) throws IOException {
        Instant horizon = clock.instant().minus(config.retention());
        int removed = 0;
        List<Segment> candidates = new ArrayList<>(segments.values());
        for (int i = 0; i + 1 < candidates.size(); i++) {
            Segment segment = candidates.get(i);
            Segment successor = candidates.get(i + 1);
            // The successor's first entry is younger than all of the segment's.
            if (successor.firstSequence() - 1 > sequence
                    || firstCommitTime(successor).isAfter(horizon)) {
                break;
            }
            segments.remove(segment.firstSequence());
            steps.reached(EngineStep.REMOVAL_BEGINS);
            Files.move(segment.directory(), segment.removedDirectory());
            disk.forceDirectory(directory);
            steps.reached(EngineStep.REMOVAL_RENAMED);
            Directories.delete(segment.removedDirectory());
            steps.reached(EngineStep.REMOVAL_ENDS);
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
        Map.Entry<Long, Segment> first = segments.firstEntry();
        return first == null ? lastSequence + 1 : first.getKey();
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

    /** The segment that has this entry, or null. */
    Segment segmentOf(long sequence) {
        Map.Entry<Long, Segment> found = segments.floorEntry(sequence);
        return found == null ? null : found.getValue();
    }

    private void requireUsable() throws IOException {
        if (failure != null) {
            throw new IOException("the journal failed before: " + failure.getMessage(), failure);
        }
    }

    /** A mapped file on a full disk is a fault in the middle of an append, not an exception in front of it. */
    private void requireSpace(long entryBytes) throws IOException {
        long usableBytes = fileStore.getUsableSpace();
        if (usableBytes < MIN_USABLE_BYTES + entryBytes) {
            throw new IOException("the disk is full: " + usableBytes + " bytes are left in " + directory);
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
            file = FileChannel.open(segment.file(), StandardOpenOption.READ, StandardOpenOption.WRITE);
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
        segments.put(firstSequence, segment);
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
            queue.close();
            file.close();
            queue = null;
            file = null;
            current = null;
        } finally {
            fileLock.unlock();
        }
    }

    private long lastSequenceOf(Segment segment) {
        Long successor = segments.higherKey(segment.firstSequence());
        return successor == null ? lastSequence : successor - 1;
    }

    private static Instant firstCommitTime(Segment segment) throws IOException {
        try (SegmentFile file = new SegmentFile(segment.file())) {
            if (file.step() == SegmentFile.Step.END) {
                return Instant.MAX;
            }
            return JournalScan.checked(file.entry(), segment.firstSequence()).commitTime();
        } catch (MalformedEntryException e) {
            throw JournalScan.corrupt(segment, 0, segment.firstSequence(), e.getMessage(), e);
        }
    }

    private static void deleteLeftovers(Path directory, JournalScan scan, DiskSync disk) throws IOException {
        for (Segment segment : scan.empty()) {
            Directories.delete(segment.directory());
        }
        for (Path path : Directories.list(directory)) {
            if (path.getFileName().toString().startsWith(Segment.REMOVED_PREFIX)) {
                Directories.delete(path);
            }
        }
        disk.forceDirectory(directory);
    }

    private static void cut(Path path, long position) throws IOException {
        if (Files.exists(path)) {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.truncate(position);
            }
        }
    }

    private static void force(Path path, DiskSync disk) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            disk.force(path, channel);
        }
    }
}
