package io.tailrace.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A file's content at one moment: its size, and those of its pages that are not all zeros.
 *
 * @param pages by number
 */
record FileVersion(long size, SortedMap<Integer, byte[]> pages) {
    static final FileVersion EMPTY = new FileVersion(0, new TreeMap<>());
    /** What is written back to a disk as one. */
    static final int PAGE_BYTES = 4096;
    /** What a disk writes as one. */
    private static final int SECTOR_BYTES = 512;

    private static final byte[] ZEROS = new byte[PAGE_BYTES];

    static FileVersion read(Path file) throws IOException {
        SortedMap<Integer, byte[]> pages = new TreeMap<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer content = ByteBuffer.allocate((int) channel.size());
            int read = 0;
            while (content.hasRemaining() && read >= 0) {
                read = channel.read(content);
            }
            for (int start = 0; start < content.position(); start += PAGE_BYTES) {
                int end = Math.min(start + PAGE_BYTES, content.position());
                if (!Arrays.equals(content.array(), start, end, ZEROS, 0, end - start)) {
                    pages.put(
                            start / PAGE_BYTES,
                            Arrays.copyOf(Arrays.copyOfRange(content.array(), start, end), PAGE_BYTES));
                }
            }
            return new FileVersion(content.position(), pages);
        }
    }

    static FileVersion of(byte[] content) {
        SortedMap<Integer, byte[]> pages = new TreeMap<>();
        for (int start = 0; start < content.length; start += PAGE_BYTES) {
            byte[] page = new byte[PAGE_BYTES];
            System.arraycopy(content, start, page, 0, Math.min(PAGE_BYTES, content.length - start));
            pages.put(start / PAGE_BYTES, page);
        }
        return new FileVersion(content.length, pages);
    }

    byte[] bytes() {
        byte[] content = new byte[(int) size];
        pages.forEach((number, page) -> {
            int start = number * PAGE_BYTES;
            if (start < content.length) {
                System.arraycopy(page, 0, content, start, Math.min(PAGE_BYTES, content.length - start));
            }
        });
        return content;
    }

    /** Writes a file with this content, with holes where there are no pages. */
    void write(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (var page : pages.entrySet()) {
                long start = (long) page.getKey() * PAGE_BYTES;
                int length = (int) Math.min(PAGE_BYTES, size - start);
                if (length > 0) {
                    channel.write(ByteBuffer.wrap(page.getValue(), 0, length), start);
                }
            }
            if (channel.size() < size) {
                channel.write(ByteBuffer.allocate(1), size - 1);
            }
        }
    }

    /** Which of the pages that changed since the last force have reached the disk. */
    enum Reached {
        NONE,
        ALL,
        /** Any of them, each as likely as not. */
        ANY,
        /** Those up to some place in the file. */
        FIRST,
        /** Those behind some place in the file. */
        LAST,
        /** All but one. */
        ALL_BUT_ONE,
        /** One. */
        ONE
    }

    /** What a disk may hold that has all of this version, and of the later one what reached it. */
    FileVersion partly(FileVersion later, Reached reached, Random random) {
        TreeSet<Integer> numbers = new TreeSet<>(pages.keySet());
        numbers.addAll(later.pages.keySet());
        numbers.removeIf(number -> Arrays.equals(page(number), later.page(number)));
        Integer[] changed = numbers.toArray(new Integer[0]);
        int place = random.nextInt(changed.length + 1);
        SortedMap<Integer, byte[]> mixed = new TreeMap<>(pages);
        for (int i = 0; i < changed.length; i++) {
            boolean there = switch (reached) {
                case NONE -> false;
                case ALL -> true;
                case ANY -> random.nextBoolean();
                case FIRST -> i < place;
                case LAST -> i >= place;
                case ALL_BUT_ONE -> i != place % changed.length;
                case ONE -> i == place % changed.length;
            };
            byte[] page = there ? later.page(changed[i]) : page(changed[i]);
            boolean torn = reached != Reached.NONE && reached != Reached.ALL && random.nextInt(3) == 0;
            mixed.put(changed[i], torn ? torn(page(changed[i]), later.page(changed[i]), random) : page);
        }
        boolean newSize = reached == Reached.ALL || (reached != Reached.NONE && random.nextBoolean());
        return new FileVersion(newSize ? later.size : size, mixed);
    }

    private byte[] page(int number) {
        return pages.getOrDefault(number, ZEROS);
    }

    private static byte[] torn(byte[] before, byte[] after, Random random) {
        byte[] page = before.clone();
        for (int start = 0; start < PAGE_BYTES; start += SECTOR_BYTES) {
            if (random.nextBoolean()) {
                System.arraycopy(after, start, page, start, SECTOR_BYTES);
            }
        }
        return page;
    }
}
