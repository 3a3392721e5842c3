package io.tailrace.processors.activity;

import io.tailrace.processors.runtime.PoisonRecordException;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.EventName;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.StreamRecord;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Reads activities from stream records.
 *
 * <p>An INSERT is an activity. A MODIFY corrects one that was counted already and a REMOVE, as time to live sends them, makes
 * nothing undone: neither counts.
 */
final class ActivityParser {
    private static final char TIMESTAMP_SUFFIX = '#';
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private final ActivityConfig config;

    ActivityParser(ActivityConfig config) {
        this.config = config;
    }

    /**
     * The activity, or empty when the record is none that counts.
     *
     * @throws PoisonRecordException when it should be one and is not
     */
    Optional<Activity> parse(StreamRecord record) {
        if (record == null) {
            throw new PoisonRecordException("a stream record without a value");
        }
        if (record.eventName() != EventName.INSERT) {
            return Optional.empty();
        }
        Item image = record.newImage();
        if (image == null) {
            throw new PoisonRecordException("no new image: the stream's view type is " + record.viewType());
        }
        return Optional.of(new Activity(
                string(image, config.userAttribute()),
                timestamp(string(image, config.timestampAttribute())),
                string(image, config.typeAttribute()),
                string(image, config.pageAttribute()),
                bytes(image)));
    }

    private String string(Item image, String name) {
        AttributeValue value = image.get(name);
        if (value == null) {
            throw new PoisonRecordException("the attribute " + name + " is missing");
        }
        if (!(value instanceof AttributeValue.S text)) {
            throw new PoisonRecordException("the attribute " + name + " is of type " + value.type() + ", not S");
        }
        return text.value();
    }

    private Instant timestamp(String text) {
        int suffix = text.indexOf(TIMESTAMP_SUFFIX);
        Instant time;
        try {
            // Milliseconds are what windows and sessions are made of.
            time = Instant.parse(suffix < 0 ? text : text.substring(0, suffix)).truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeException unreadable) {
            throw new PoisonRecordException("the attribute " + config.timestampAttribute() + " is no ISO-8601 time: "
                    + unreadable.getMessage());
        }
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new PoisonRecordException(
                    "the attribute " + config.timestampAttribute() + " is in no year of 4 digits");
        }
        return time;
    }

    private long bytes(Item image) {
        AttributeValue value = image.get(config.bytesAttribute());
        if (value == null) {
            return 0;
        }
        if (value instanceof AttributeValue.N number) {
            try {
                long bytes = number.value().toBigDecimal().longValueExact();
                if (bytes >= 0) {
                    return bytes;
                }
            } catch (ArithmeticException notLong) {
                throw new PoisonRecordException("the attribute " + config.bytesAttribute()
                        + " is no whole number of bytes: " + notLong.getMessage());
            }
        }
        throw new PoisonRecordException("the attribute " + config.bytesAttribute() + " is no number of bytes");
    }
}
