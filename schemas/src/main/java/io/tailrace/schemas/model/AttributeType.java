package io.tailrace.schemas.model;

/** The ten attribute types, by the descriptors that DynamoDB JSON uses. */
public enum AttributeType {
    S,
    N,
    B,
    BOOL,
    NULL,
    L,
    M,
    SS,
    NS,
    BS;

    /** Whether a value of this type may be a key attribute: S, N or B. */
    public boolean isScalarKeyType() {
        return this == S || this == N || this == B;
    }

    /** Whether this is one of the three set types. */
    public boolean isSet() {
        return this == SS || this == NS || this == BS;
    }
}
