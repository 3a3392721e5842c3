package io.tailrace.engine.writer;

import io.tailrace.engine.journal.RequestToken;
import io.tailrace.schemas.model.UserIdentity;
import java.util.List;
import java.util.Objects;

/**
 * What a write operation decided: the mutations of one commit, and the response once they are durable.
 *
 * @param mutations all of them or none become durable; no two may change the same item
 * @param userIdentity recorded in every mutation; null for ordinary callers
 * @param origin the region that first accepted the write when it was replicated from there, else null
 * @param requestToken remembered with the commit, even when nothing changes, for {@link PlanContext#requestToken}; else null
 */
public record Plan<R>(
        List<Mutation> mutations, R response, UserIdentity userIdentity, String origin, RequestToken requestToken) {
    public Plan {
        mutations = List.copyOf(mutations);
        Objects.requireNonNull(response);
    }

    /** A plan for an ordinary caller. */
    public Plan(List<Mutation> mutations, R response) {
        this(mutations, response, null, null, null);
    }

    /** A plan without a token. */
    public Plan(List<Mutation> mutations, R response, UserIdentity userIdentity, String origin) {
        this(mutations, response, userIdentity, origin, null);
    }

    /** A plan for an ordinary caller who may ask for the same again. */
    public Plan(List<Mutation> mutations, R response, RequestToken requestToken) {
        this(mutations, response, null, null, requestToken);
    }
}
