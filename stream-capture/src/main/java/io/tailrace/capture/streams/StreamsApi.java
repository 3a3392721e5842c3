package io.tailrace.capture.streams;

import io.tailrace.capture.PartitionTail;
import io.tailrace.capture.StreamProgress;
import io.tailrace.capture.streams.ListStreamsResponse.StreamSummary;
import io.tailrace.capture.streams.StreamDescription.ShardDescription;
import io.tailrace.engine.TableEngine;
import io.tailrace.engine.catalog.TableStream;
import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.operation.Constraints;
import io.tailrace.engine.operation.KeySchemaElement;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.KeySchema;
import io.tailrace.schemas.topic.SequenceNumbers;
import io.tailrace.schemas.topic.SequenceNumbers.Position;
import io.tailrace.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/**
 * The DynamoDB Streams API of one region. (API Reference, Streams.) Calls that need Kafka complete later, on a thread of the
 * readers; no call blocks. Failures are DynamoExceptions, thrown or in the future. For use by several threads.
 */
public final class StreamsApi {
    /** In an answer of GetRecords. (API Reference, Streams, GetRecords.) */
    static final int MAX_RECORDS = 1_000;
    /** Of an iterator. (API Reference, Streams, GetShardIterator.) */
    static final Duration ITERATOR_LIFETIME = Duration.ofMinutes(15);

    private static final int MAX_LISTED = 100;
    private static final int MIN_ARN_LENGTH = 37;
    private static final int MAX_ARN_LENGTH = 1024;
    private static final int MIN_SHARD_ID_LENGTH = 28;
    private static final int MAX_SHARD_ID_LENGTH = 65;
    private static final int MAX_SEQUENCE_NUMBER_LENGTH = 40;
    private static final String CHILD_SHARDS = "CHILD_SHARDS";
    private static final List<String> ITERATOR_TYPES =
            List.of("AFTER_SEQUENCE_NUMBER", "LATEST", "AT_SEQUENCE_NUMBER", "TRIM_HORIZON");

    private final StreamCatalog catalog;
    private final IteratorTokens tokens;
    private final Supplier<Optional<StreamReaders>> readers;

    /**
     * @param readers empty while Kafka is not up
     * @throws java.io.UncheckedIOException when the key file cannot be used
     */
    public StreamsApi(
            TableEngine engine, StreamsConfig config, Supplier<Optional<StreamReaders>> readers, Clock clock) {
        this(
                StreamCatalog.of(engine, config.options(), clock),
                new IteratorTokens(IteratorKey.load(config.keyFile())),
                readers);
    }

    StreamsApi(StreamCatalog catalog, IteratorTokens tokens, Supplier<Optional<StreamReaders>> readers) {
        this.catalog = catalog;
        this.tokens = tokens;
        this.readers = readers;
    }

    /** @throws DynamoException when the request is wrong */
    public ListStreamsResponse listStreams(ListStreamsRequest request) {
        new Constraints()
                .lengthAtLeast("exclusiveStartStreamArn", request.exclusiveStartStreamArn(), MIN_ARN_LENGTH)
                .lengthAtMost("exclusiveStartStreamArn", request.exclusiveStartStreamArn(), MAX_ARN_LENGTH)
                .atLeast("limit", request.limit(), 1)
                .name("tableName", request.tableName())
                .verify();
        int limit = request.limit() == null ? MAX_LISTED : request.limit();
        if (limit > MAX_LISTED) {
            throw StreamErrors.tooManyStreamsWanted(MAX_LISTED);
        }
        List<StreamSummary> found = catalog.readable().stream()
                .filter(stream ->
                        request.tableName() == null || stream.table().name().equals(request.tableName()))
                .map(stream ->
                        new StreamSummary(catalog.arn(stream), stream.table().name(), stream.label()))
                .filter(stream -> request.exclusiveStartStreamArn() == null
                        || stream.streamArn().compareTo(request.exclusiveStartStreamArn()) > 0)
                .limit(limit + 1L)
                .toList();
        return found.size() <= limit
                ? new ListStreamsResponse(found, null)
                : new ListStreamsResponse(
                        found.subList(0, limit), found.get(limit - 1).streamArn());
    }

    /** @throws DynamoException when the request is wrong, or there is no such stream */
    public StreamDescription describeStream(DescribeStreamRequest request) {
        DescribeStreamRequest.ShardFilter filter = request.shardFilter();
        new Constraints()
                .required("streamArn", request.streamArn())
                .lengthAtLeast("streamArn", request.streamArn(), MIN_ARN_LENGTH)
                .lengthAtMost("streamArn", request.streamArn(), MAX_ARN_LENGTH)
                .atLeast("limit", request.limit(), 1)
                .lengthAtLeast("exclusiveStartShardId", request.exclusiveStartShardId(), MIN_SHARD_ID_LENGTH)
                .lengthAtMost("exclusiveStartShardId", request.exclusiveStartShardId(), MAX_SHARD_ID_LENGTH)
                .oneOf("shardFilter.type", filter == null ? null : filter.type(), List.of(CHILD_SHARDS))
                .lengthAtLeast("shardFilter.shardId", filter == null ? null : filter.shardId(), MIN_SHARD_ID_LENGTH)
                .lengthAtMost("shardFilter.shardId", filter == null ? null : filter.shardId(), MAX_SHARD_ID_LENGTH)
                .verify();
        int limit = request.limit() == null ? MAX_LISTED : request.limit();
        if (limit > MAX_LISTED) {
            throw StreamErrors.tooManyShardsWanted(MAX_LISTED);
        }
        TableStream stream = stream(request.streamArn());
        List<Shard> shards = Shard.of(stream, catalog.partitions(stream))
                .filter(shard -> passes(shard, filter))
                .filter(shard -> request.exclusiveStartShardId() == null
                        || shard.id().compareTo(request.exclusiveStartShardId()) > 0)
                .limit(limit + 1L)
                .toList();
        boolean more = shards.size() > limit;
        return describe(
                stream,
                more ? shards.subList(0, limit) : shards,
                more ? shards.get(limit - 1).id() : null);
    }

    /** A filter without a shard or without its type, which the model allows, leaves all. */
    private static boolean passes(Shard shard, DescribeStreamRequest.ShardFilter filter) {
        return filter == null
                || filter.type() == null
                || filter.shardId() == null
                || filter.shardId().equals(shard.parentId());
    }

    private StreamDescription describe(TableStream stream, List<Shard> shards, String lastEvaluatedShardId) {
        return new StreamDescription(
                catalog.arn(stream),
                stream.label(),
                stream.enabled() ? "ENABLED" : "DISABLED",
                stream.viewType().name(),
                stream.start().time(),
                stream.table().name(),
                keySchema(stream.table().key()),
                shards.stream()
                        .map(shard -> new ShardDescription(
                                shard.id(),
                                shard.startingSequenceNumber(),
                                shard.endingSequenceNumber(),
                                shard.parentId()))
                        .toList(),
                lastEvaluatedShardId);
    }

    private static List<KeySchemaElement> keySchema(KeySchema key) {
        List<KeySchemaElement> elements = new ArrayList<>();
        for (KeyAttribute attribute : key.partitionKey()) {
            elements.add(new KeySchemaElement(attribute.name(), "HASH"));
        }
        for (KeyAttribute attribute : key.sortKey()) {
            elements.add(new KeySchemaElement(attribute.name(), "RANGE"));
        }
        return elements;
    }

    /**
     * GetShardIterator.
     *
     * @throws DynamoException when the request is wrong, or there is no such stream or shard
     */
    public CompletableFuture<String> getShardIterator(GetShardIteratorRequest request) {
        new Constraints()
                .required("streamArn", request.streamArn())
                .lengthAtLeast("streamArn", request.streamArn(), MIN_ARN_LENGTH)
                .lengthAtMost("streamArn", request.streamArn(), MAX_ARN_LENGTH)
                .required("shardId", request.shardId())
                .lengthAtLeast("shardId", request.shardId(), MIN_SHARD_ID_LENGTH)
                .lengthAtMost("shardId", request.shardId(), MAX_SHARD_ID_LENGTH)
                .required("shardIteratorType", request.shardIteratorType())
                .oneOf("shardIteratorType", request.shardIteratorType(), ITERATOR_TYPES)
                .lengthAtLeast("sequenceNumber", request.sequenceNumber(), SequenceNumbers.LENGTH)
                .lengthAtMost("sequenceNumber", request.sequenceNumber(), MAX_SEQUENCE_NUMBER_LENGTH)
                .verify();
        boolean bySequence = request.shardIteratorType().endsWith("SEQUENCE_NUMBER");
        if (bySequence && request.sequenceNumber() == null) {
            throw StreamErrors.noSequenceNumber();
        }
        if (!bySequence && request.sequenceNumber() != null) {
            throw StreamErrors.sequenceNumberNotWanted();
        }
        // Before the stream is looked up: a write that is acknowledged now must be before LATEST, one after the call
        // behind.
        long acknowledged = catalog.appliedSequence().getAsLong();
        TableStream stream = stream(request.streamArn());
        Shard shard = Shard.byId(stream, catalog.partitions(stream), request.shardId())
                .orElseThrow(StreamErrors::shardNotFound);
        return switch (request.shardIteratorType()) {
            case "TRIM_HORIZON" -> CompletableFuture.completedFuture(fromHorizon(request.streamArn(), shard));
            case "LATEST" -> CompletableFuture.completedFuture(latest(stream, shard, acknowledged));
            default -> bySequenceNumber(stream, shard, request, acknowledged);
        };
    }

    private String fromHorizon(String arn, Shard shard) {
        return token(arn, shard, shard.start().position(), ShardIterator.UNKNOWN_OFFSET, PartitionTail.NO_TOPIC, true);
    }

    /** Behind every record of a commit that was acknowledged before the call, captured already or not. */
    private String latest(TableStream stream, Shard shard, long acknowledged) {
        Position next = new Position(acknowledged + 1, 0);
        PartitionTail tail = tail(partition(stream, shard.partition()));
        return token(
                catalog.arn(stream),
                shard,
                next,
                tail != null && tail.isBefore(next) ? tail.endOffset() : ShardIterator.UNKNOWN_OFFSET,
                topic(tail),
                false);
    }

    private CompletableFuture<String> bySequenceNumber(
            TableStream stream, Shard shard, GetShardIteratorRequest request, long acknowledged) {
        Position given =
                SequenceNumbers.parse(request.sequenceNumber()).orElseThrow(StreamErrors::otherShardsSequenceNumber);
        boolean before = given.compareTo(shard.start().position()) < 0;
        if (before || shard.endsBefore(given) || given.sequence() > acknowledged) {
            throw StreamErrors.otherShardsSequenceNumber();
        }
        if (given.equals(shard.start().position())) {
            return CompletableFuture.completedFuture(fromHorizon(request.streamArn(), shard));
        }
        boolean at = request.shardIteratorType().equals("AT_SEQUENCE_NUMBER");
        Position next = at ? given : new Position(given.sequence(), given.mutationIndex() + 1);
        TopicPartition partition = partition(stream, shard.partition());
        int topic = topic(tail(partition));
        return soundReaders()
                .find(partition, given)
                .thenApply(offset -> token(request.streamArn(), shard, next, offset, topic, false));
    }

    private String token(String arn, Shard shard, Position next, long offset, int topic, boolean fromHorizon) {
        return tokens.encode(new ShardIterator(
                arn,
                shard.start().position().sequence(),
                shard.partition(),
                next,
                offset,
                topic,
                fromHorizon,
                catalog.clock().instant()));
    }

    /**
     * GetRecords.
     *
     * @throws DynamoException when the request is wrong, the iterator has expired, or its stream is gone
     */
    public CompletableFuture<GetRecordsResponse> getRecords(GetRecordsRequest request) {
        new Constraints()
                .required("shardIterator", request.shardIterator())
                .lengthAtLeast("shardIterator", request.shardIterator(), 1)
                .lengthAtMost("shardIterator", request.shardIterator(), IteratorTokens.MAX_LENGTH)
                .atLeast("limit", request.limit(), 1)
                .verify();
        int limit = request.limit() == null ? MAX_RECORDS : request.limit();
        if (limit > MAX_RECORDS) {
            throw StreamErrors.tooManyRecordsWanted(MAX_RECORDS);
        }
        ShardIterator iterator = tokens.decode(request.shardIterator());
        if (iterator.created().plus(ITERATOR_LIFETIME).isBefore(catalog.clock().instant())) {
            throw StreamErrors.expired();
        }
        TableStream stream = stream(iterator.streamArn());
        Shard shard = Shard.startingAt(stream, catalog.partitions(stream), iterator.shardStart(), iterator.partition())
                .orElseThrow(StreamErrors::shardNotFound);
        return read(stream, shard, iterator, limit);
    }

    private CompletableFuture<GetRecordsResponse> read(
            TableStream stream, Shard shard, ShardIterator given, int limit) {
        TopicPartition partition = partition(stream, shard.partition());
        StreamProgress progress = soundReaders().progress();
        // In this order: what is captured up to here is before the end that is asked for next.
        long captured = progress.capturedSequence();
        PartitionTail tail = tail(partition);
        ShardIterator iterator = inTopic(given, tail, progress.firstSequence());
        boolean complete = shard.closed() && captured >= shard.end().position().sequence();
        if (shard.endsBefore(iterator.next()) || captured < iterator.shardStart()) {
            boolean over = complete && shard.endsBefore(iterator.next());
            return nothing(over ? null : iterator.movedTo(iterator.next(), iterator.offset(), iterator.topic(), now()));
        }
        if (tail != null && tail.isBefore(iterator.next())) {
            return nothing(complete ? null : iterator.movedTo(iterator.next(), tail.endOffset(), tail.topic(), now()));
        }
        ReadRequest request = new ReadRequest(
                partition,
                iterator.next(),
                shard.closed() ? shard.end().position() : null,
                iterator.offset(),
                iterator.fromHorizon() ? shard.start().time() : null,
                tail == null ? -1 : tail.endOffset(),
                progress.firstSequence(),
                limit);
        return readers().read(request).thenApply(page -> answer(page, iterator, topic(tail), complete));
    }

    /**
     * An offset is good for the topic that it is of. When that was deleted and filled again, the place is looked for; unless
     * it is one of those that the topic may have been filled without.
     */
    private static ShardIterator inTopic(ShardIterator iterator, PartitionTail tail, long firstSequence) {
        if (tail == null || iterator.offset() == ShardIterator.UNKNOWN_OFFSET || iterator.topic() == tail.topic()) {
            return iterator;
        }
        if (iterator.topic() != PartitionTail.NO_TOPIC && iterator.next().sequence() < firstSequence) {
            throw StreamErrors.trimmed();
        }
        return iterator.withoutOffset();
    }

    private static int topic(PartitionTail tail) {
        return tail == null ? PartitionTail.NO_TOPIC : tail.topic();
    }

    private GetRecordsResponse answer(RecordPage page, ShardIterator iterator, int topic, boolean complete) {
        boolean over = switch (page.ending()) {
            case FULL -> false;
            case END_OF_PARTITION -> complete;
            case END_OF_SHARD -> true;
        };
        return new GetRecordsResponse(
                page.records(),
                over ? null : tokens.encode(iterator.movedTo(page.next(), page.nextOffset(), topic, now())));
    }

    private CompletableFuture<GetRecordsResponse> nothing(ShardIterator next) {
        return CompletableFuture.completedFuture(
                new GetRecordsResponse(List.of(), next == null ? null : tokens.encode(next)));
    }

    private TableStream stream(String arn) {
        return catalog.byArn(arn).orElseThrow(() -> StreamErrors.streamNotFound(arn));
    }

    private TopicPartition partition(TableStream stream, int partition) {
        return new TopicPartition(Topics.stream(catalog.region(), stream.table().name()), partition);
    }

    private PartitionTail tail(TopicPartition partition) {
        return readers.get().map(found -> found.progress().tail(partition)).orElse(null);
    }

    private StreamReaders readers() {
        return readers.get().orElseThrow(StreamErrors::noKafka);
    }

    /** Not while records are missing and nothing was done about it: readers would pass them by. */
    private StreamReaders soundReaders() {
        StreamReaders found = readers();
        if (found.progress().loss().isPresent()) {
            throw StreamErrors.kafkaLostRecords();
        }
        return found;
    }

    private Instant now() {
        return catalog.clock().instant();
    }
}
