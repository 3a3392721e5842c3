package io.tailrace.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/streams.md prints the worker that the tests use. */
class DocumentedWorkerTest {
    private static final String BEGIN = "    // tag::worker[]\n";
    private static final String END = "    // end::worker[]\n";
    private static final String BLOCK = "```java\n";

    @Test
    void thePageHasTheWorkerOfTheTests() throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/tailrace/kinesis/StreamWorker.java"));
        String worker = source.substring(source.indexOf(BEGIN) + BEGIN.length(), source.indexOf(END))
                .replaceAll("(?m)^ {4}", "");
        Path file = Path.of("../docs/streams.md");
        String page = Files.readString(file);
        if (Boolean.getBoolean("tailrace.docs.write")) {
            int start = page.indexOf(BLOCK) + BLOCK.length();
            page = page.substring(0, start) + worker + page.substring(page.indexOf("```", start));
            Files.writeString(file, page);
        }
        assertThat(page).contains(BLOCK + worker + "```\n");
    }
}
