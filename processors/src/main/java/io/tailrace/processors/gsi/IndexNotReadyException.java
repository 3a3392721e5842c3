package io.tailrace.processors.gsi;

import io.tailrace.processors.ProcessorNotReadyException;

/** An index cannot be read now, because its store is being assigned or restored; the read may be tried again. */
public final class IndexNotReadyException extends ProcessorNotReadyException {
    private static final long serialVersionUID = 1L;

    public IndexNotReadyException(String message, Throwable cause) {
        super(message, cause);
    }
}
