package io.tailrace.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Reads a stream as the documentation tells consumers to: the shards as they are described, page by page, and no child before
 * its parent is at its end.
 */
public final class StreamLineage {
    private static final int PAGE = 3;

    private final String arn;
    /** Of the shards that are being read. */
    private final Map<String, String> iterators = new LinkedHashMap<>();

    private final Map<String, Shard> known = new LinkedHashMap<>();
    private final Set<String> finished = new HashSet<>();
    private final Set<String> eventIds = new HashSet<>();
    /** By partition key, in the order in which they were read. */
    private final Map<String, Integer> lastVersions = new HashMap<>();

    private int records;

    public StreamLineage(String arn) {
        this.arn = arn;
    }

    /** Looks for shards and reads a page of each that is open to reading; how many records there were so far. */
    public int follow(DynamoDbStreamsClient streams) {
        discover(streams);
        for (String shard : List.copyOf(iterators.keySet())) {
            GetRecordsResponse page = streams.getRecords(r -> r.shardIterator(iterators.get(shard)));
            page.records().forEach(record -> check(known.get(shard), record));
            if (page.nextShardIterator() == null) {
                iterators.remove(shard);
                finished.add(shard);
            } else {
                iterators.put(shard, page.nextShardIterator());
            }
        }
        return records;
    }

    private void discover(DynamoDbStreamsClient streams) {
        String[] start = new String[1];
        do {
            StreamDescription page = streams.describeStream(
                            r -> r.streamArn(arn).limit(PAGE).exclusiveStartShardId(start[0]))
                    .streamDescription();
            page.shards().forEach(shard -> known.put(shard.shardId(), shard));
            start[0] = page.lastEvaluatedShardId();
        } while (start[0] != null);
        for (Shard shard : known.values()) {
            boolean parentRead = shard.parentShardId() == null || finished.contains(shard.parentShardId());
            if (parentRead && !finished.contains(shard.shardId()) && !iterators.containsKey(shard.shardId())) {
                iterators.put(
                        shard.shardId(),
                        streams.getShardIterator(r -> r.streamArn(arn)
                                        .shardId(shard.shardId())
                                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                                .shardIterator());
            }
        }
    }

    private void check(Shard shard, Record record) {
        records++;
        assertThat(eventIds.add(record.eventID())).as("a record comes once").isTrue();
        String number = record.dynamodb().sequenceNumber();
        assertThat(number).isGreaterThanOrEqualTo(shard.sequenceNumberRange().startingSequenceNumber());
        if (shard.sequenceNumberRange().endingSequenceNumber() != null) {
            assertThat(number).isLessThanOrEqualTo(shard.sequenceNumberRange().endingSequenceNumber());
        }
        String item = record.dynamodb().keys().get("k").s();
        int version = Integer.parseInt(record.dynamodb().newImage().get("v").s());
        assertThat(version).as("the next version of " + item).isEqualTo(lastVersions.getOrDefault(item, -1) + 1);
        lastVersions.put(item, version);
    }

    /** How many shards were described so far. */
    public int shards() {
        return known.size();
    }

    /** How many items there were. */
    public int items() {
        return lastVersions.size();
    }
}
