package io.tailrace.server.cli;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time on the command line: ISO 8601 with its zone. */
final class TimeOption implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException other) {
            throw new TypeConversionException(
                    "'" + text + "' is not a time such as 2026-05-17T10:05:00Z or 2026-05-17T12:05:00+02:00");
        }
    }
}
