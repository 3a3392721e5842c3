package io.tailrace.schemas.model;

/** One attribute of a key schema with the type that its attribute definition gives it: S, N or B. */
public record KeyAttribute(String name, AttributeType type) {
    public KeyAttribute {
        if (!type.isScalarKeyType()) {
            throw new IllegalArgumentException("a key attribute is S, N or B, not " + type);
        }
    }
}
