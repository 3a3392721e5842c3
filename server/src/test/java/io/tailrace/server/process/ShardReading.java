package io.tailrace.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Reads a shard with an item that was inserted and that time to live removed, by the streams API.
 *
 * @param seen the event ids of all that was there
 * @param iterator behind the first of them
 */
record ShardReading(String arn, String shard, List<String> seen, String iterator) {
    /** Reads one record, and looks at the others; empty while no shard shows a removal. */
    static Optional<ShardReading> begin(ServerProcess server) {
        try (DynamoDbStreamsClient streams = server.streams()) {
            String arn = streams.listStreams(r -> r.tableName("Sessions"))
                    .streams()
                    .get(0)
                    .streamArn();
            return streams.describeStream(r -> r.streamArn(arn)).streamDescription().shards().stream()
                    .flatMap(shard -> begin(streams, arn, shard.shardId()).stream())
                    .findFirst();
        }
    }

    private static Optional<ShardReading> begin(DynamoDbStreamsClient streams, String arn, String shard) {
        List<Record> records = records(streams, horizon(streams, arn, shard));
        if (records.stream().noneMatch(one -> one.eventName() == OperationType.REMOVE)) {
            return Optional.empty();
        }
        requireIdentities(records);
        GetRecordsResponse first = streams.getRecords(
                r -> r.shardIterator(horizon(streams, arn, shard)).limit(1));
        return Optional.of(new ShardReading(arn, shard, ids(records), first.nextShardIterator()));
    }

    /** After a restart the iterator is still good, and records that are read again are the same. */
    void goOn(ServerProcess server) {
        try (DynamoDbStreamsClient streams = server.streams()) {
            assertThat(ids(records(streams, iterator)))
                    .startsWith(seen.subList(1, seen.size()).toArray(String[]::new));
            List<Record> all = records(streams, horizon(streams, arn, shard));
            assertThat(ids(all)).startsWith(seen.toArray(String[]::new)).doesNotHaveDuplicates();
            requireIdentities(all);
        }
    }

    /** What time to live removed is the service's doing, everything else the user's. */
    private static void requireIdentities(List<Record> records) {
        for (Record one : records) {
            if (one.eventName() == OperationType.REMOVE) {
                assertThat(one.userIdentity().type()).isEqualTo("Service");
                assertThat(one.userIdentity().principalId()).isEqualTo("dynamodb.amazonaws.com");
            } else {
                assertThat(one.userIdentity()).isNull();
            }
        }
    }

    static String horizon(DynamoDbStreamsClient streams, String arn, String shard) {
        return streams.getShardIterator(
                        r -> r.streamArn(arn).shardId(shard).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
    }

    /** Up to what is the end of the shard for now. */
    static List<Record> records(DynamoDbStreamsClient streams, String iterator) {
        List<Record> all = new ArrayList<>();
        String next = iterator;
        while (true) {
            String from = next;
            GetRecordsResponse page = streams.getRecords(r -> r.shardIterator(from));
            if (page.records().isEmpty()) {
                return all;
            }
            all.addAll(page.records());
            next = page.nextShardIterator();
        }
    }

    private static List<String> ids(List<Record> records) {
        return records.stream().map(Record::eventID).toList();
    }
}
