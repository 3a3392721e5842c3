package io.tailrace.processors.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The identity of an instance in its consumer group, kept beside its stores.
 *
 * <p>With it (static membership, KIP-345) an instance that was killed takes its place and its partitions again as soon as
 * it is back. Without it the group waits for the member that is dead until that member's session has timed out, a minute
 * in which no query is answered.
 */
final class InstanceId {
    private InstanceId() {}

    static String in(Path stateDir, String applicationId, Supplier<UUID> ids) throws IOException {
        Files.createDirectories(stateDir);
        Path file = stateDir.resolve(applicationId + ".instance-id");
        if (Files.exists(file)) {
            String kept = Files.readString(file).strip();
            // Blank: the process died between creating and writing it.
            if (!kept.isEmpty()) {
                return kept;
            }
        }
        String made = ids.get().toString();
        Files.writeString(file, made);
        return made;
    }
}
