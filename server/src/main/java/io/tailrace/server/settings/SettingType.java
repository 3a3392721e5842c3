package io.tailrace.server.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a setting's text becomes a value, and the text back.
 *
 * @param placeholder what help shows in place of a value
 * @param allowed what is accepted, in words
 * @param parser throws IllegalArgumentException when the text is not allowed
 * @param formatter a text that the parser reads as the same value
 */
public record SettingType<T>(
        String placeholder, String allowed, Function<String, T> parser, Function<T, String> formatter) {
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,19})\\s*([a-zA-Z]*)");
    private static final long KIB = 1024;

    /** A whole number from {@code min} to {@code max}, both included. */
    public static SettingType<Integer> integer(int min, int max) {
        return new SettingType<>(
                "N",
                "a whole number from " + min + " to " + max,
                text -> parseInteger(text, min, max),
                String::valueOf);
    }

    /** A time with its unit. */
    public static SettingType<Duration> duration(Duration min, Duration max) {
        String allowed = "a time from " + formatDuration(min) + " to " + formatDuration(max)
                + ", with its unit: ms, s, m, h or d";
        return new SettingType<>(
                "TIME", allowed, text -> inRange(parseDuration(text), min, max), SettingType::formatDuration);
    }

    /** A number of bytes; kb, mb and gb are powers of 1024. */
    public static SettingType<Long> bytes(long min, long max) {
        String allowed =
                "a size from " + formatBytes(min) + " to " + formatBytes(max) + ": bytes, or with kb, mb or gb (1024s)";
        return new SettingType<>(
                "SIZE", allowed, text -> inRange(parseBytes(text), min, max), SettingType::formatBytes);
    }

    /** {@code true} or {@code false}. */
    public static SettingType<Boolean> bool() {
        return new SettingType<>("true|false", "true or false", SettingType::parseBoolean, String::valueOf);
    }

    /** A constant of an enum, in lower case with hyphens. */
    public static <E extends Enum<E>> SettingType<E> oneOf(Class<E> type) {
        E[] constants = type.getEnumConstants();
        String words = Arrays.stream(constants).map(SettingType::word).collect(Collectors.joining(", "));
        return new SettingType<>(
                words.replace(", ", "|"), "one of " + words, text -> parseWord(text, constants), SettingType::word);
    }

    /** One or several constants of an enum, in lower case with hyphens, with commas between them. */
    public static <E extends Enum<E>> SettingType<Set<E>> someOf(Class<E> type) {
        E[] constants = type.getEnumConstants();
        String words = Arrays.stream(constants).map(SettingType::word).collect(Collectors.joining(", "));
        return new SettingType<>(
                "NAMES",
                "one or several of " + words + ", with commas between them",
                text -> Arrays.stream(text.split(",", -1))
                        .map(word -> parseWord(word.strip(), constants))
                        .collect(Collectors.toUnmodifiableSet()),
                some -> Arrays.stream(constants)
                        .filter(some::contains)
                        .map(SettingType::word)
                        .collect(Collectors.joining(",")));
    }

    /** Text that a pattern matches as a whole. */
    public static SettingType<String> text(String placeholder, Pattern pattern, String allowed) {
        return new SettingType<>(
                placeholder,
                allowed,
                text -> require(text, pattern.matcher(text).matches()),
                Function.identity());
    }

    /** A path of the file system. */
    public static SettingType<Path> path(String placeholder) {
        return new SettingType<>(placeholder, "a path", SettingType::parsePath, Path::toString);
    }

    /** A literal IP address, or localhost. */
    public static SettingType<InetAddress> address() {
        return new SettingType<>(
                "ADDRESS",
                "an IP address, or localhost",
                SettingType::parseAddress,
                address -> address.getHostAddress());
    }

    /** The same type, or nothing when the text is empty. */
    public static <T> SettingType<Optional<T>> optional(SettingType<T> type) {
        return new SettingType<>(
                type.placeholder,
                type.allowed + "; empty for none",
                text -> text.isEmpty() ? Optional.empty() : Optional.of(type.parse(text)),
                value -> value.map(type.formatter).orElse(""));
    }

    /** @throws IllegalArgumentException when the text is not allowed */
    public T parse(String text) {
        return parser.apply(text.strip());
    }

    /** A text that {@link #parse} reads as this value. */
    public String format(T value) {
        return formatter.apply(value);
    }

    private static Integer parseInteger(String text, int min, int max) {
        require(text, text.matches("-?\\d{1,10}"));
        long value = Long.parseLong(text);
        require(text, value >= min && value <= max);
        return (int) value;
    }

    private static Boolean parseBoolean(String text) {
        require(text, text.equals("true") || text.equals("false"));
        return text.equals("true");
    }

    private static <E extends Enum<E>> E parseWord(String text, E[] constants) {
        for (E constant : constants) {
            if (word(constant).equals(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(text);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Path parsePath(String text) {
        require(text, !text.isEmpty());
        try {
            return Path.of(text);
        } catch (InvalidPathException invalid) {
            throw new IllegalArgumentException(text, invalid);
        }
    }

    /** Literals only: a start must not depend on a name server. */
    private static InetAddress parseAddress(String text) {
        String literal = text.equals("localhost") ? "127.0.0.1" : text;
        require(text, literal.matches("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*"));
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException(text, unknown);
        }
    }

    private static Duration parseDuration(String text) {
        Matcher amount = AMOUNT.matcher(text);
        require(text, amount.matches());
        long number = Long.parseLong(amount.group(1));
        try {
            return switch (amount.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                case "d" -> Duration.ofDays(number);
                default -> throw new IllegalArgumentException(text);
            };
        } catch (ArithmeticException overflow) {
            throw new IllegalArgumentException(text, overflow);
        }
    }

    private static String formatDuration(Duration value) {
        long millis = value.toMillis();
        if (millis > 0 && millis % Duration.ofDays(1).toMillis() == 0) {
            return value.toDays() + "d";
        }
        if (millis > 0 && millis % Duration.ofHours(1).toMillis() == 0) {
            return value.toHours() + "h";
        }
        if (millis > 0 && millis % Duration.ofMinutes(1).toMillis() == 0) {
            return value.toMinutes() + "m";
        }
        return millis > 0 && millis % 1000 == 0 ? value.toSeconds() + "s" : millis + "ms";
    }

    private static Long parseBytes(String text) {
        Matcher amount = AMOUNT.matcher(text);
        require(text, amount.matches());
        long factor = switch (amount.group(2).toLowerCase(Locale.ROOT)) {
            case "", "b" -> 1;
            case "kb" -> KIB;
            case "mb" -> KIB * KIB;
            case "gb" -> KIB * KIB * KIB;
            default -> throw new IllegalArgumentException(text);
        };
        try {
            return Math.multiplyExact(Long.parseLong(amount.group(1)), factor);
        } catch (ArithmeticException overflow) {
            throw new IllegalArgumentException(text, overflow);
        }
    }

    private static String formatBytes(long value) {
        if (value > 0 && value % (KIB * KIB * KIB) == 0) {
            return value / (KIB * KIB * KIB) + "gb";
        }
        if (value > 0 && value % (KIB * KIB) == 0) {
            return value / (KIB * KIB) + "mb";
        }
        return value > 0 && value % KIB == 0 ? value / KIB + "kb" : value + "b";
    }

    private static <T extends Comparable<T>> T inRange(T value, T min, T max) {
        require(value.toString(), value.compareTo(min) >= 0 && value.compareTo(max) <= 0);
        return value;
    }

    private static String require(String text, boolean allowed) {
        if (!allowed) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }
}
