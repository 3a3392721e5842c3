package io.tailrace.engine;

import java.util.Objects;

/**
 * Whether the engine serves.
 *
 * @param writable false while the disk or the journal is full, and after the journal or the state failed until they work again
 * @param alarm whether writes are soon refused if nothing changes
 * @param detail one sentence for operators
 * @param damaged whether something could not be read because its file was changed or is gone; the rest is served
 */
public record EngineHealth(boolean readable, boolean writable, String detail, boolean damaged, boolean alarm) {
    /** Without damage or alarm. */
    public EngineHealth(boolean readable, boolean writable, String detail) {
        this(readable, writable, detail, false, false);
    }

    public EngineHealth {
        Objects.requireNonNull(detail);
    }
}
