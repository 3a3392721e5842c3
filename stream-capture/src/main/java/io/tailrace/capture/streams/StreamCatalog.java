package io.tailrace.capture.streams;

import io.tailrace.engine.TableEngine;
import io.tailrace.engine.catalog.StreamHistory;
import io.tailrace.engine.catalog.TableStream;
import io.tailrace.engine.operation.StreamArn;
import io.tailrace.schemas.stream.StreamOptions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The streams and shards that can be read now: open ones, and those that ended within the retention.
 *
 * @param options of streams whose tables' tags say nothing else
 * @param appliedSequence of the last commit that reads see; all that was acknowledged is at or before it
 */
record StreamCatalog(
        String region,
        Supplier<StreamHistory> history,
        LongSupplier appliedSequence,
        StreamOptions options,
        Clock clock) {

    static StreamCatalog of(TableEngine engine, StreamOptions options, Clock clock) {
        return new StreamCatalog(engine.region(), engine::streams, engine::appliedSequence, options, clock);
    }

    String arn(TableStream stream) {
        return StreamArn.of(region, stream.table());
    }

    /** In the order of their ARNs. */
    List<TableStream> readable() {
        Instant now = clock.instant();
        List<TableStream> readable = new ArrayList<>();
        for (TableStream stream : history.get().all()) {
            Instant oldest = now.minus(options.with(stream.table().tags()).retention());
            if (stream.enabled() || !stream.end().time().isBefore(oldest)) {
                readable.add(stream.trimmedBefore(oldest));
            }
        }
        readable.sort(Comparator.comparing(this::arn));
        return readable;
    }

    /** How many shards of the stream are open at one time. */
    int partitions(TableStream stream) {
        return stream.partitions(options.partitions());
    }

    Optional<TableStream> byArn(String arn) {
        return readable().stream().filter(stream -> arn(stream).equals(arn)).findFirst();
    }
}
