package io.tailrace.capture;

import java.util.Objects;

/**
 * How the consumer of commands is doing.
 *
 * @param lastError of the last thing that went wrong, also when it was overcome; null when nothing has
 */
public record CommandStatus(CaptureStatus.State state, String lastError) {
    public CommandStatus {
        Objects.requireNonNull(state);
    }
}
