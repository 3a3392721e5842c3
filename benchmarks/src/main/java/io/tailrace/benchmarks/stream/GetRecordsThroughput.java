package io.tailrace.benchmarks.stream;

import io.tailrace.benchmarks.core.Benchmark;
import io.tailrace.benchmarks.core.Contest;
import io.tailrace.benchmarks.core.CpuClock;
import io.tailrace.benchmarks.core.Load;
import io.tailrace.benchmarks.core.Meter;
import io.tailrace.benchmarks.core.Sample;
import io.tailrace.benchmarks.core.Setup;
import io.tailrace.benchmarks.core.Side;
import io.tailrace.benchmarks.core.Target;
import io.tailrace.benchmarks.data.Table;
import io.tailrace.capture.CaptureConfig;
import io.tailrace.capture.StreamCapture;
import io.tailrace.capture.TopicSettings;
import io.tailrace.capture.streams.DescribeStreamRequest;
import io.tailrace.capture.streams.GetRecordsRequest;
import io.tailrace.capture.streams.GetRecordsResponse;
import io.tailrace.capture.streams.GetShardIteratorRequest;
import io.tailrace.capture.streams.ListStreamsRequest;
import io.tailrace.capture.streams.StreamReaders;
import io.tailrace.capture.streams.StreamsApi;
import io.tailrace.capture.streams.StreamsConfig;
import io.tailrace.schemas.topic.Topics;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A shard from its beginning to its end by GetRecords, without HTTP, beside a plain consumer of the shard's partition. */
public final class GetRecordsThroughput implements Benchmark {
    private static final Load ONE_READER = new Load("1 reader", 1);
    private static final int PAGE = 1_000;
    private static final long LIMIT_SECONDS = 60;

    @Override
    public String name() {
        return "get-records";
    }

    @Override
    public String summary() {
        return "GetRecords without HTTP, records decoded, beside a bare Kafka consumer of the same partition.";
    }

    @Override
    public String operation() {
        return "one stream record of an item of 1 KB";
    }

    @Override
    public List<Target> targets() {
        return List.of();
    }

    @Override
    public Contest open(Setup setup) throws Exception {
        return new Opened(setup);
    }

    private static final class Opened implements Contest {
        private final int items;
        private final Broker broker;
        private final CapturedTable table;
        private final CaptureConfig region;
        private final StreamCapture capture;
        private final StreamReaders readers;
        private final StreamsApi api;

        Opened(Setup setup) throws Exception {
            items = setup.scale().pick(100_000, 3_000);
            TopicSettings topics = TopicSettings.DEFAULT.withStreamPartitions(1);
            broker = Broker.start(setup.workDir(), topics);
            table = CapturedTable.fill(setup, setup.workDir().resolve("engine"), true, topics.streams(), items);
            region = broker.region(Table.REGION);
            capture = table.capture(region);
            capture.start();
            capture.whenCaptured(table.lastSequence()).get(LIMIT_SECONDS, TimeUnit.SECONDS);
            readers = new StreamReaders(region, capture, 1);
            StreamsConfig config =
                    new StreamsConfig(topics.streams(), setup.workDir().resolve("streams.key"));
            api = new StreamsApi(table.table().engine(), config, () -> Optional.of(readers), Clock.systemUTC());
        }

        @Override
        public List<Load> loads() {
            return List.of(ONE_READER);
        }

        @Override
        public Map<String, Side> sides() {
            Map<String, Side> sides = new LinkedHashMap<>();
            sides.put(Side.TAILRACE, load -> getRecords());
            sides.put(Side.REFERENCE, load -> consume());
            return sides;
        }

        private Sample getRecords() throws Exception {
            String arn = api.listStreams(new ListStreamsRequest(null, null, Table.NAME))
                    .streams()
                    .get(0)
                    .streamArn();
            String shard = api.describeStream(new DescribeStreamRequest(arn, null, null, null))
                    .shards()
                    .get(0)
                    .shardId();
            Meter meter = Meter.start(CpuClock.ofThisProcess());
            String iterator = api.getShardIterator(new GetShardIteratorRequest(arn, shard, "TRIM_HORIZON", null))
                    .get(LIMIT_SECONDS, TimeUnit.SECONDS);
            int found = 0;
            long deadline = deadline();
            while (found < items) {
                requireBefore(deadline, found);
                GetRecordsResponse page =
                        api.getRecords(new GetRecordsRequest(iterator, PAGE)).get(LIMIT_SECONDS, TimeUnit.SECONDS);
                found += page.records().size();
                iterator = page.nextShardIterator();
            }
            return meter.sample(found);
        }

        private Sample consume() {
            try (TopicReader reader = new TopicReader(region, Topics.stream(region.region(), Table.NAME))) {
                reader.toBeginning();
                Meter meter = Meter.start(CpuClock.ofThisProcess());
                int found = 0;
                long bytes = 0;
                long deadline = deadline();
                while (found < items) {
                    requireBefore(deadline, found);
                    for (ConsumerRecord<byte[], byte[]> record : reader.poll()) {
                        found++;
                        bytes += record.value().length;
                    }
                }
                if (bytes < (long) items * CapturedTable.ITEM_BYTES / 2) {
                    throw new IllegalStateException("only " + bytes + " bytes in " + found + " records");
                }
                return meter.sample(found);
            }
        }

        private static long deadline() {
            return System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        }

        private void requireBefore(long deadline, int found) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("only " + found + " of " + items + " records came");
            }
        }

        @Override
        public List<String> notes() {
            return List.of(items + " records");
        }

        @Override
        public void close() {
            readers.close();
            capture.close();
            table.close();
            broker.close();
        }
    }
}
