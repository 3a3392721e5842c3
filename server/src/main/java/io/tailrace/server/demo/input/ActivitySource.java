package io.tailrace.server.demo.input;

import java.io.IOException;
import java.util.OptionalLong;

/** A finite sequence of activities; read by one thread. */
public interface ActivitySource extends AutoCloseable {
    /** The next activity, or null at the end. */
    Activity next() throws IOException;

    /** Lines or events read so far, malformed ones included. */
    long linesRead();

    /** Lines that were no activity. */
    long malformedLines();

    /** How much of the input is left behind and how much there is, in one unit; the whole is unknown for a pipe. */
    Progress progress();

    /** For people: where the activities come from. */
    String description();

    @Override
    void close() throws IOException;

    /** Position and, where it is known, length of the input. */
    record Progress(long done, OptionalLong total, String unit) {}
}
