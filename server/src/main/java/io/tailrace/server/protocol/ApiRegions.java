package io.tailrace.server.protocol;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import java.util.Optional;

/** The regions that requests may be for. For use by several threads. */
public interface ApiRegions {
    /** The region that there is from the beginning. */
    String home();

    /** Why no request can be for this region; empty when one can. Changes nothing, and does not block. */
    Optional<String> refusal(String name);

    /** Whether {@link #region} would not block. */
    boolean isOpen(String name);

    /**
     * The region, which comes to life when there was no request for it before; blocks meanwhile.
     *
     * @throws DynamoException when there can be no region of this name, or it cannot be had now
     */
    ApiRegion region(String name);

    /** A request for a region that it cannot be for: an error that clients do not repeat. */
    static DynamoException refused(String name, String why) {
        return new DynamoException(ErrorType.INVALID_SIGNATURE, scopedElsewhere(name, why));
    }

    /** The service's words for such a request, and ours. */
    static String scopedElsewhere(String name, String why) {
        return "Credential should be scoped to a valid region, not '" + name + "'. " + why + " ";
    }
}
