package io.tailrace.engine;

import java.util.Objects;

/**
 * Whether the engine serves.
 *
 * @param writable false once the journal or the state failed, until a restart
 * @param detail one sentence for operators
 * @param damaged whether something could not be read because its file was changed or is gone; the rest is served
 */
public record EngineHealth(boolean readable, boolean writable, String detail, boolean damaged) {
    /** Without damage. */
    public EngineHealth(boolean readable, boolean writable, String detail) {
        this(readable, writable, detail, false);
    }

    public EngineHealth {
        Objects.requireNonNull(detail);
    }
}
