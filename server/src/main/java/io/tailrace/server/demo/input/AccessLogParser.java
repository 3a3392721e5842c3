package io.tailrace.server.demo.input;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads lines of the common and combined log formats (Apache HTTP Server documentation, "Log Files"; nginx's default
 * {@code combined}). What follows the size may be missing or cut off: a line is malformed only when client, time,
 * request, status or size cannot be read.
 */
final class AccessLogParser {
    private static final int MAX_LINE_LENGTH = 64 * 1024;
    /** A key attribute's limit is 2,048 bytes for a partition key; a client address or name is far shorter. */
    private static final int MAX_CLIENT_LENGTH = 512;
    /** A sort key's limit, so that a page can be one in the analytics table; longer ones are cut. */
    private static final int MAX_PAGE_BYTES = 1_024;

    private static final String QUOTED = "\"((?:[^\"\\\\]++|\\\\.)*+)\"";
    private static final Pattern COMMON = Pattern.compile(
            "(\\S++) \\S++ (?:\\S++|\\S[^\\[]*+) ?\\[([^\\]]++)\\] " + QUOTED + " (\\d{3}) (\\d++|-)(?: (.*+))?");
    private static final Pattern COMBINED = Pattern.compile(QUOTED + " " + QUOTED + ".*+");
    private static final Pattern REQUEST = Pattern.compile("([A-Z]++) (\\S.*?)(?: HTTP/[0-9.]++)?");

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("dd/MMM/uuuu:HH:mm:ss Z")
            .toFormatter(Locale.ENGLISH);

    private AccessLogParser() {}

    /** The activity of the line, or nothing when the line is malformed. */
    static Optional<Activity> parse(String line, long lineNumber) {
        if (line.length() > MAX_LINE_LENGTH) {
            return Optional.empty();
        }
        Matcher common = COMMON.matcher(line);
        if (!common.matches() || common.group(1).length() > MAX_CLIENT_LENGTH) {
            return Optional.empty();
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(common.group(2), TIME);
            long bytes = common.group(5).equals("-") ? 0 : Long.parseLong(common.group(5));
            Request request = Request.parse(common.group(3));
            Matcher combined = COMBINED.matcher(common.group(6) == null ? "" : common.group(6));
            boolean isCombined = combined.matches();
            return Optional.of(new Activity(
                    lineNumber,
                    common.group(1),
                    time.toInstant(),
                    request.method,
                    request.page,
                    Integer.parseInt(common.group(4)),
                    bytes,
                    isCombined ? absentIfDash(combined.group(1)) : null,
                    isCombined ? absentIfDash(combined.group(2)) : null));
        } catch (DateTimeException | NumberFormatException outOfRange) {
            return Optional.empty();
        }
    }

    private static String absentIfDash(String text) {
        return text.isEmpty() || text.equals("-") ? null : text;
    }

    /** A request line; what is no HTTP request (a TLS greeting on a plain port, a timeout) has method and page "-". */
    private record Request(String method, String page) {
        static Request parse(String text) {
            Matcher request = REQUEST.matcher(text);
            return request.matches() ? new Request(request.group(1), pageOf(request.group(2))) : new Request("-", "-");
        }

        private static String pageOf(String target) {
            int end = 0;
            while (end < target.length() && target.charAt(end) != '?' && target.charAt(end) != '#') {
                end++;
            }
            return end == 0 ? "/" : cut(target.substring(0, end));
        }

        private static String cut(String page) {
            byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
            if (bytes.length <= MAX_PAGE_BYTES) {
                return page;
            }
            int end = MAX_PAGE_BYTES;
            // Never cut within a character: continuation bytes are 10xxxxxx.
            while ((bytes[end] & 0xC0) == 0x80) {
                end--;
            }
            return new String(bytes, 0, end, StandardCharsets.UTF_8);
        }
    }
}
