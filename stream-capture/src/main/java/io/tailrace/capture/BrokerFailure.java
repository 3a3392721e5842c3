package io.tailrace.capture;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.utils.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka ends its process when its directory fails: the disk is full, a block cannot be written, too many files are open. Here
 * the process is the database, which can go on without Kafka: the thread that wanted to end it ends instead, and the broker,
 * which is of no use any more, is to be closed and started again.
 *
 * <p>Kafka asks one procedure per process, that of the broker that was started last.
 */
final class BrokerFailure implements Exit.Procedure {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerFailure.class);
    private static final long MIB = 1 << 20;

    private final Path directory;
    private volatile String reason;

    private BrokerFailure(Path directory) {
        this.directory = directory;
    }

    /** Is asked from now on whenever Kafka wants to end the process. */
    static BrokerFailure watch(Path directory) {
        BrokerFailure failure = new BrokerFailure(directory);
        Exit.setExitProcedure(failure);
        Exit.setHaltProcedure(failure);
        return failure;
    }

    /** Why the broker is of no use any more; empty while it is. */
    Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    @Override
    public void execute(int status, String message) {
        String found = "the embedded broker failed" + (message == null ? "" : ": " + message) + " ("
                + directory.toFile().getUsableSpace() / MIB + " MiB are left in " + directory + ")";
        if (reason == null) {
            reason = found;
            LOG.error("{}; Kafka's own message is above", found);
        }
        throw new EmbeddedBrokerException(found);
    }
}
