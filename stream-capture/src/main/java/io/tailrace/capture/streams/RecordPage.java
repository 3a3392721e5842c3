package io.tailrace.capture.streams;

import io.tailrace.schemas.model.StreamRecord;
import io.tailrace.schemas.topic.SequenceNumbers;
import java.util.List;
import java.util.Objects;

/**
 * What a read found.
 *
 * @param next the place behind it
 * @param nextOffset the offset behind it
 * @param ending why there is no more in the page
 */
record RecordPage(List<StreamRecord> records, SequenceNumbers.Position next, long nextOffset, Ending ending) {
    enum Ending {
        /** It has as much as it may have. */
        FULL,
        /** The partition had no more. */
        END_OF_PARTITION,
        /** What follows belongs to another shard. */
        END_OF_SHARD
    }

    RecordPage {
        records = List.copyOf(records);
        Objects.requireNonNull(next);
        Objects.requireNonNull(ending);
    }
}
