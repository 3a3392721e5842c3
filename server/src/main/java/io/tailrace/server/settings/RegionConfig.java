package io.tailrace.server.settings;

import io.tailrace.engine.EngineConfig;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The settings of one region of a server.
 *
 * @param dataDir what is its alone: journal, state, what capture notes, the stores of its processors
 */
public record RegionConfig(Path dataDir, EngineConfig engine, KafkaSettings kafka, ProcessorSettings processors) {
    public RegionConfig {
        Objects.requireNonNull(dataDir);
        Objects.requireNonNull(engine);
        Objects.requireNonNull(kafka);
        Objects.requireNonNull(processors);
    }

    /** The region's name. */
    public String name() {
        return engine.region();
    }
}
