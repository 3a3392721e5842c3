package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorMessages;

/** The parameters that expressions have replaced. */
final class LegacyParameters {
    private LegacyParameters() {}

    /** Refuses a parameter that is not served. */
    static void refuse(String parameter, Object value) {
        if (value != null) {
            throw DynamoException.validation(ErrorMessages.parameterNotSupported(parameter));
        }
    }
}
