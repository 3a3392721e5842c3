package io.tailrace.server.crash.linear;

import java.util.Optional;

/**
 * What an object does when operations come one after the other.
 *
 * @param <S> states; compared by {@code equals}
 * @param <C> calls
 * @param <R> results
 */
interface SequentialModel<S, C, R> {
    S initial();

    /**
     * The state after the call.
     *
     * @param result what the caller was told; null when it was told nothing
     * @return empty when the call cannot have this result in this state
     */
    Optional<S> step(S state, C call, R result);

    /** Whether the call changes nothing whatever the state, so that a history without it asks for less. */
    boolean isRead(C call);
}
