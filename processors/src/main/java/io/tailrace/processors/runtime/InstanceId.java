package io.tailrace.processors.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The identity of an instance in its consumer group, kept beside its stores.
 *
 * <p>With it (static membership, KIP-345) an instance that was killed takes its place and its partitions again as soon as
 * it is back. Without it the group waits for the member that is dead until that member's session has timed out, a minute
 * in which no query is answered.
 */
public final class InstanceId {
    private InstanceId() {}

    /** The identity, which is made when there is none. */
    public static String in(Path stateDir, String applicationId, Supplier<UUID> ids) throws IOException {
        Files.createDirectories(stateDir);
        Optional<String> kept = known(stateDir, applicationId);
        if (kept.isPresent()) {
            return kept.get();
        }
        String made = ids.get().toString();
        Files.writeString(file(stateDir, applicationId), made);
        return made;
    }

    /** The identity that was made before. */
    static Optional<String> known(Path stateDir, String applicationId) throws IOException {
        Path file = file(stateDir, applicationId);
        // Blank: the process died between creating and writing it.
        return Files.exists(file)
                ? Optional.of(Files.readString(file).strip()).filter(id -> !id.isEmpty())
                : Optional.empty();
    }

    private static Path file(Path stateDir, String applicationId) {
        return stateDir.resolve(applicationId + ".instance-id");
    }
}
