package io.tailrace.server.demo.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Access log lines of both formats become activities; what is no such line is malformed and harms nothing. */
class AccessLogParserTest {
    private static final String COMBINED =
            "83.149.9.216 - frank [17/May/2015:12:05:43 +0200] \"GET /a/b.png?x=1#y HTTP/1.1\" 200 171717"
                    + " \"http://example.com/\\\"q\\\"\" \"Mozilla/5.0 (X11)\"";

    @Test
    void readsEveryFieldOfACombinedLine() {
        Activity activity = AccessLogParser.parse(COMBINED, 7).orElseThrow();

        assertThat(activity)
                .isEqualTo(new Activity(
                        7,
                        "83.149.9.216",
                        Instant.parse("2015-05-17T10:05:43Z"),
                        "GET",
                        "/a/b.png",
                        200,
                        171717,
                        "http://example.com/\\\"q\\\"",
                        "Mozilla/5.0 (X11)"));
        assertThat(activity.timestamp()).isEqualTo("2015-05-17T10:05:43.000Z#0000000007");
        assertThat(activity.type()).isEqualTo("asset");
    }

    @Test
    void readsACommonLineAndAMissingSize() {
        Activity activity = AccessLogParser.parse("::1 - - [01/Jan/2024:00:00:00 -0800] \"HEAD / HTTP/1.0\" 304 -", 1)
                .orElseThrow();

        assertThat(activity.bytes()).isZero();
        assertThat(activity.time()).isEqualTo(Instant.parse("2024-01-01T08:00:00Z"));
        assertThat(activity.referrer()).isNull();
        assertThat(activity.userAgent()).isNull();
    }

    @Test
    void keepsALineWhoseUserAgentIsCutOff() {
        String cut = COMBINED.substring(0, COMBINED.length() - 3);

        assertThat(AccessLogParser.parse(cut, 1))
                .hasValueSatisfying(activity -> assertThat(activity.userAgent()).isNull());
    }

    @Test
    void callsWhatIsNoHttpRequestAProbe() {
        Activity activity = AccessLogParser.parse(
                        "10.0.0.1 - - [01/Jan/2024:00:00:00 +0000] \"\\x16\\x03\\x01\" 200 0 \"-\" \"-\"", 1)
                .orElseThrow();

        assertThat(activity.method()).isEqualTo("-");
        assertThat(activity.page()).isEqualTo("-");
        assertThat(activity.type()).isEqualTo("probe");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "hello",
                "1.2.3.4 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200",
                "1.2.3.4 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" abc 1",
                "1.2.3.4 - - [32/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 1",
                "1.2.3.4 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 99999999999999999999",
                "1.2.3.4 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1 200 1",
                "\u0000\u0001\u0002"
            })
    void refusesWhatIsNoLogLine(String line) {
        assertThat(AccessLogParser.parse(line, 1)).isEmpty();
    }

    @Test
    void refusesHugeLinesAndClientsWithoutLookingFar() {
        assertThat(AccessLogParser.parse("x".repeat(1_000_000), 1)).isEmpty();
        assertThat(AccessLogParser.parse("x".repeat(600) + COMBINED, 1)).isEmpty();
        assertThat(AccessLogParser.parse("1.2.3.4 - - [17/May/2015:10:05:03 +0000] \"" + "\\\\".repeat(30_000), 1))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/,200,view",
        "GET,/index.html,200,view",
        "GET,/v1.2/page,200,view",
        "GET,/LOGO.PNG,304,asset",
        "GET,/x/paper.pdf,206,download",
        "GET,/x.png,404,error",
        "POST,/cart,200,submit",
        "PUT,/cart,201,submit",
        "DELETE,/cart,204,delete",
        "HEAD,/x.png,200,probe",
        "OPTIONS,*,200,probe"
    })
    void classifiesByStatusMethodAndEnding(String method, String page, int status, String type) {
        assertThat(ActivityType.of(method, page, status).label()).isEqualTo(type);
    }
}
