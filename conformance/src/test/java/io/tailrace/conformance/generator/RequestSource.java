package io.tailrace.conformance.generator;

import io.tailrace.conformance.Call;

/** Requests of one kind, without end. */
interface RequestSource {
    Call next();
}
