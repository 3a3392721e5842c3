package io.tailrace.processors.describe;

import io.tailrace.processors.ProcessorConfig;
import io.tailrace.processors.activity.ActivityConfig;
import io.tailrace.processors.activity.ActivityTopology;
import io.tailrace.processors.gsi.GsiTopology;
import io.tailrace.processors.replication.Replicator;
import io.tailrace.processors.ttl.TtlTopology;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Descriptions of all topologies, and of the processor that has none. */
public final class TopologyDescriptions {
    private static final String HEADER = """
            # Topologies

            Generated from the code by `TopologyDescriptions` and checked by a test. The region is `us-east-1`, the table
            of the activity example `UserActivity`.

            A processor's application id, which is also its consumer group, is `tailrace-<region>-<processor>`. Its internal
            topics are named `<application id>-<name>-repartition` and `<application id>-<store>-changelog`. Replication, whose
            source and target are different clusters, is a plain consumer and producer; its group is
            `tailrace.replication.<source>-to-<target>`.
            """;

    private TopologyDescriptions() {}

    /** Kafka Streams' description of each topology, by the processor's name, for a region; and what replication is. */
    public static Map<String, String> all(String region) {
        ProcessorConfig config =
                new ProcessorConfig("localhost:9092", region, Path.of("unused"), 1, null, 1, 0, Map.of());
        Map<String, String> all = new LinkedHashMap<>();
        all.put(GsiTopology.NAME, GsiTopology.build(config).describe().toString());
        all.put(TtlTopology.NAME, TtlTopology.build(config).describe().toString());
        all.put(
                ActivityTopology.NAME,
                ActivityTopology.build(config, ActivityConfig.DEFAULT)
                        .describe()
                        .toString());
        all.put("replication", Replicator.describe("<source>", region));
        return Collections.unmodifiableMap(all);
    }

    /** The page {@code docs/topologies.md}. */
    public static String markdown() {
        StringBuilder page = new StringBuilder(HEADER);
        all("us-east-1")
                .forEach((name, description) -> page.append("\n## ")
                        .append(name)
                        .append("\n\n```\n")
                        .append(description.strip())
                        .append("\n```\n"));
        return page.toString();
    }
}
