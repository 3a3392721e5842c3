package io.tailrace.capture.streams;

import io.tailrace.engine.TableEngine;
import io.tailrace.engine.catalog.StreamHistory;
import io.tailrace.engine.catalog.TableStream;
import io.tailrace.engine.operation.StreamArn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The streams that can be read now: enabled ones, and those that ended within the retention.
 *
 * @param appliedSequence of the last commit that reads see; all that was acknowledged is at or before it
 */
record StreamCatalog(
        String region, Supplier<StreamHistory> history, LongSupplier appliedSequence, Duration retention, Clock clock) {

    static StreamCatalog of(TableEngine engine, Duration retention, Clock clock) {
        return new StreamCatalog(engine.region(), engine::streams, engine::appliedSequence, retention, clock);
    }

    String arn(TableStream stream) {
        return StreamArn.of(region, stream.table());
    }

    /** In the order of their ARNs. */
    List<TableStream> readable() {
        Instant oldest = clock.instant().minus(retention);
        return history.get().all().stream()
                .filter(stream -> stream.enabled() || !stream.end().time().isBefore(oldest))
                .sorted(Comparator.comparing(this::arn))
                .toList();
    }

    Optional<TableStream> byArn(String arn) {
        return readable().stream().filter(stream -> arn(stream).equals(arn)).findFirst();
    }
}
