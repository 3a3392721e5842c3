package io.tailrace.capture.streams;

import io.tailrace.schemas.model.StreamRecord;
import java.util.List;

/**
 * Records of a shard in their order.
 *
 * @param nextShardIterator null when the shard is closed and read to its end
 */
public record GetRecordsResponse(List<StreamRecord> records, String nextShardIterator) {
    public GetRecordsResponse {
        records = List.copyOf(records);
    }
}
