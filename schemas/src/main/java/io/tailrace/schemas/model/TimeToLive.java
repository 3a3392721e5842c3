package io.tailrace.schemas.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.OptionalLong;

/**
 * When an item expires: its time to live attribute, at the top level, is a number of seconds since 1970, possibly with a
 * fraction. A value of another type, or none, means never, and so does a time more than five years in the past. (Developer
 * Guide, "Using time to live (TTL) in DynamoDB" and "Computing Time to Live".)
 */
public final class TimeToLive {
    private static final int MAX_YEARS_IN_THE_PAST = 5;
    private static final int MILLIS_DIGITS = 3;
    private static final BigDecimal MAX_SECONDS = BigDecimal.valueOf(Long.MAX_VALUE / 1_000);

    private TimeToLive() {}

    /**
     * The item's time in milliseconds since 1970, a fraction of one rounded up; empty when it has none by which it could ever
     * expire. Whether it is too far in the past is not looked at: see {@link #isTooOld}.
     */
    public static OptionalLong expiryMillis(Item item, String attribute) {
        if (!(item.get(attribute) instanceof AttributeValue.N number)) {
            return OptionalLong.empty();
        }
        BigDecimal seconds = number.value().toBigDecimal();
        if (seconds.signum() <= 0 || seconds.compareTo(MAX_SECONDS) > 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(seconds.scaleByPowerOfTen(MILLIS_DIGITS)
                .setScale(0, RoundingMode.CEILING)
                .longValueExact());
    }

    /** Whether a time is so far in the past that it counts as a mistake: the item stays. */
    public static boolean isTooOld(long expiryMillis, Instant now) {
        return expiryMillis
                < now.atOffset(ZoneOffset.UTC)
                        .minusYears(MAX_YEARS_IN_THE_PAST)
                        .toInstant()
                        .toEpochMilli();
    }

    /** Whether the item is to be deleted. */
    public static boolean hasExpired(Item item, String attribute, Instant now) {
        OptionalLong expiry = expiryMillis(item, attribute);
        return expiry.isPresent() && expiry.getAsLong() <= now.toEpochMilli() && !isTooOld(expiry.getAsLong(), now);
    }
}
