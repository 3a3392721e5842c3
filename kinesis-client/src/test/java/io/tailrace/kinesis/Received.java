package io.tailrace.kinesis;

import com.amazonaws.services.dynamodbv2.streamsadapter.adapter.DynamoDBStreamsClientRecord;
import com.amazonaws.services.dynamodbv2.streamsadapter.model.DynamoDBStreamsProcessRecordsInput;
import com.amazonaws.services.dynamodbv2.streamsadapter.processor.DynamoDBStreamsShardRecordProcessor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.kinesis.exceptions.InvalidStateException;
import software.amazon.kinesis.exceptions.KinesisClientLibDependencyException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.exceptions.ThrottlingException;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;
import software.amazon.kinesis.processor.ShardRecordProcessor;

/** What the processors of all workers are told, in the order in which they are. For use by several threads. */
final class Received {
    enum Kind {
        STARTED,
        RECORD,
        ENDED
    }

    /** @param record null, except for a RECORD */
    record Event(Kind kind, String worker, String shard, Record record) {
        String sequenceNumber() {
            return record.dynamodb().sequenceNumber();
        }
    }

    private final List<Event> events = new ArrayList<>();

    /** A processor that keeps all that it gets and then marks the place. */
    ShardRecordProcessor processor(String worker) {
        return new Processor(worker);
    }

    private void add(Event event) {
        synchronized (events) {
            events.add(event);
        }
    }

    List<Event> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    List<Event> events(Kind kind, String worker) {
        return events().stream()
                .filter(event -> event.kind() == kind && event.worker().equals(worker))
                .toList();
    }

    /** By sequence number, in the order in which they came for the first time. */
    Map<String, Record> records() {
        Map<String, Record> records = new LinkedHashMap<>();
        for (Event event : events()) {
            if (event.kind() == Kind.RECORD) {
                records.putIfAbsent(event.sequenceNumber(), event.record());
            }
        }
        return records;
    }

    List<String> endedShards() {
        return events().stream()
                .filter(event -> event.kind() == Kind.ENDED)
                .map(Event::shard)
                .distinct()
                .toList();
    }

    private final class Processor implements DynamoDBStreamsShardRecordProcessor {
        private final String worker;
        private String shard;

        Processor(String worker) {
            this.worker = worker;
        }

        @Override
        public void initialize(InitializationInput input) {
            shard = input.shardId();
            add(new Event(Kind.STARTED, worker, shard, null));
        }

        @Override
        public void processRecords(DynamoDBStreamsProcessRecordsInput input) {
            for (DynamoDBStreamsClientRecord record : input.records()) {
                add(new Event(Kind.RECORD, worker, shard, record.getRecord()));
            }
            if (!input.records().isEmpty()) {
                checkpoint(input.checkpointer());
            }
        }

        @Override
        public void leaseLost(LeaseLostInput input) {
            // Whoever has it now goes on from the last checkpoint.
        }

        @Override
        public void shardEnded(ShardEndedInput input) {
            add(new Event(Kind.ENDED, worker, shard, null));
            if (!checkpoint(input.checkpointer())) {
                throw new IllegalStateException("no checkpoint at the end of " + shard + ": the library tries again");
            }
        }

        @Override
        public void shutdownRequested(ShutdownRequestedInput input) {
            checkpoint(input.checkpointer());
        }

        /** Whether it was made: not when the server is away or the lease is lost, and then the next one is as good. */
        private boolean checkpoint(RecordProcessorCheckpointer checkpointer) {
            try {
                checkpointer.checkpoint();
                return true;
            } catch (KinesisClientLibDependencyException
                    | ThrottlingException
                    | InvalidStateException
                    | ShutdownException failure) {
                return false;
            }
        }
    }
}
