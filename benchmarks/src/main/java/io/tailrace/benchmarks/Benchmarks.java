package io.tailrace.benchmarks;

import io.tailrace.benchmarks.api.ApiOperations;
import io.tailrace.benchmarks.bulk.DueExpiries;
import io.tailrace.benchmarks.bulk.IndexBackfill;
import io.tailrace.benchmarks.bulk.ReplicationThroughput;
import io.tailrace.benchmarks.codec.Codecs;
import io.tailrace.benchmarks.codec.Expressions;
import io.tailrace.benchmarks.core.Benchmark;
import io.tailrace.benchmarks.engine.EngineReads;
import io.tailrace.benchmarks.engine.EngineWrites;
import io.tailrace.benchmarks.engine.Flatness;
import io.tailrace.benchmarks.engine.GroupCommit;
import io.tailrace.benchmarks.engine.RecoveryTime;
import io.tailrace.benchmarks.engine.RollingLatency;
import io.tailrace.benchmarks.footprint.Footprint;
import io.tailrace.benchmarks.gsi.GsiLatency;
import io.tailrace.benchmarks.gsi.GsiThroughput;
import io.tailrace.benchmarks.stream.CaptureThroughput;
import io.tailrace.benchmarks.stream.DeliveryLatency;
import io.tailrace.benchmarks.stream.GetRecordsThroughput;
import io.tailrace.engine.Durability;
import java.util.List;

/** All benchmarks, in the order in which they are listed and run. */
public final class Benchmarks {
    private Benchmarks() {}

    public static List<Benchmark> all() {
        return List.of(
                new CaptureThroughput(),
                new DeliveryLatency(),
                new GetRecordsThroughput(),
                new GsiLatency(),
                new GsiThroughput(),
                new IndexBackfill(),
                new DueExpiries(),
                new ReplicationThroughput(),
                new GroupCommit(Durability.DISK),
                new GroupCommit(Durability.PROCESS),
                new EngineWrites(),
                new EngineReads(),
                new Flatness(),
                new RecoveryTime(),
                new RollingLatency(),
                ApiOperations.reads(),
                ApiOperations.writes(),
                ApiOperations.small(),
                ApiOperations.large(),
                ApiOperations.ycsb(),
                new Footprint(),
                new Codecs(),
                new Expressions());
    }
}
