package io.tailrace.engine;

import java.util.Objects;

/**
 * Whether the engine serves.
 *
 * @param writable false once the journal or the state failed, until a restart
 * @param detail one sentence for operators
 */
public record EngineHealth(boolean readable, boolean writable, String detail) {
    public EngineHealth {
        Objects.requireNonNull(detail);
    }
}
