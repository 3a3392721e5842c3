package io.tailrace.processors;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A processor's health at one moment.
 *
 * @param name for example {@code gsi}
 * @param lagRecords records in its input that it has not read; empty while unknown
 * @param deadLetters records that it put into the dead-letter topic since it was created
 * @param restarts how often it was started again after an error
 * @param detail what it waits for, or its last error; empty when all is well
 */
public record ProcessorStatus(
        String name,
        ProcessorState state,
        OptionalLong lagRecords,
        long deadLetters,
        long restarts,
        Optional<String> detail) {}
