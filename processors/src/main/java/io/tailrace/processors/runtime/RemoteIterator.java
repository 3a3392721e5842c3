package io.tailrace.processors.runtime;

import io.tailrace.processors.instances.Elsewhere;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/**
 * A range of a partition that another instance has, fetched in pages that grow: who needs one entry does not wait for a
 * megabyte. Each page is as the partition was at one moment; the next one may be of a later moment.
 */
final class RemoteIterator implements KeyValueIterator<Bytes, byte[]> {
    private static final int FIRST_PAGE_BYTES = 32 << 10;
    private static final int LARGEST_PAGE_BYTES = 1 << 20;
    private static final int GROWTH = 4;

    private final Elsewhere elsewhere;
    private final int partition;
    private StoreQuestion next;
    private Iterator<KeyValue<Bytes, byte[]>> page =
            List.<KeyValue<Bytes, byte[]>>of().iterator();
    private KeyValue<Bytes, byte[]> head;

    private RemoteIterator(Elsewhere elsewhere, int partition, StoreQuestion first) {
        this.elsewhere = elsewhere;
        this.partition = partition;
        this.next = first;
    }

    /** Empty when no other instance has the partition now. */
    static Optional<KeyValueIterator<Bytes, byte[]>> open(Elsewhere elsewhere, KeyRange range, int partition) {
        RemoteIterator opened = new RemoteIterator(
                elsewhere, partition, new StoreQuestion(range.from(), range.to(), range.forward(), FIRST_PAGE_BYTES));
        return opened.fetch() ? Optional.of(opened) : Optional.empty();
    }

    /** False when the partition has gone from where it was. */
    private boolean fetch() {
        Optional<StorePage> answer = elsewhere.ask(partition, next.toBytes()).map(StorePage::fromBytes);
        if (answer.isEmpty()) {
            return false;
        }
        List<KeyValue<Bytes, byte[]>> entries = answer.get().entries();
        next = answer.get().more() ? after(entries.get(entries.size() - 1).key.get()) : null;
        page = entries.iterator();
        head = page.hasNext() ? page.next() : null;
        return true;
    }

    private StoreQuestion after(byte[] last) {
        int bytes = Math.min(LARGEST_PAGE_BYTES, next.maxBytes() * GROWTH);
        return next.forward()
                ? new StoreQuestion(Arrays.copyOf(last, last.length + 1), next.to(), true, bytes)
                : new StoreQuestion(next.from(), last, false, bytes);
    }

    @Override
    public boolean hasNext() {
        if (head == null && next != null && !fetch()) {
            throw new PartitionMovedException(partition);
        }
        return head != null;
    }

    @Override
    public KeyValue<Bytes, byte[]> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        KeyValue<Bytes, byte[]> one = head;
        head = page.hasNext() ? page.next() : null;
        return one;
    }

    @Override
    public Bytes peekNextKey() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return head.key;
    }

    @Override
    public void close() {
        // Holds nothing at the other instance.
    }
}
