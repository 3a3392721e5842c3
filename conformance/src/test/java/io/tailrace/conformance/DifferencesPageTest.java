package io.tailrace.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * docs/compatibility.md lists the accepted differences from DynamoDB Local, all of them and no others. To write its part
 * anew: {@code mvn -pl conformance -am -Dtest=DifferencesPageTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dtailrace.docs.write=true test}
 */
final class DifferencesPageTest {
    private static final Path PAGE = Path.of("..", "docs", "compatibility.md");
    private static final String BEGIN = "<!-- begin: differences, written by DifferencesPageTest -->\n";
    private static final String END = "<!-- end: differences -->\n";

    @Test
    void thePageIsUpToDate() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        assertThat(end).as("marks in %s", PAGE).isGreaterThanOrEqualTo(begin);
        if (Boolean.getBoolean("tailrace.docs.write")) {
            page = page.substring(0, begin) + render() + page.substring(end);
            Files.writeString(PAGE, page);
            end = page.indexOf(END);
        }
        assertThat(page.substring(begin, end)).isEqualTo(render());
    }

    private static String render() {
        List<String> lines = new ArrayList<>();
        lines.add("## Differences from DynamoDB Local");
        lines.add("");
        lines.add(
                "A differential test runs generated requests, right and wrong ones, against Tailrace and DynamoDB Local 3, and "
                        + "compares status, error, message and body. What differs is an error of ours unless it is one of these:");
        lines.add("");
        lines.add("| Tailrace | why |");
        lines.add("| --- | --- |");
        for (AcceptedDifference difference : AcceptedDifference.values()) {
            lines.add("| " + difference.title() + " | " + difference.reason() + " |");
        }
        return String.join("\n", lines) + "\n";
    }
}
