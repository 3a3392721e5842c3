package io.tailrace.server.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a run found, for programs.
 *
 * @param byType the analytics' count of each type
 * @param byPage the analytics' count of each page
 * @param differences what did not agree with the input; empty without {@code --exit}
 */
record DemoReport(
        long linesRead,
        long malformed,
        long itemsWritten,
        long streamRecords,
        long indexEntries,
        long bytes,
        long sessions,
        Map<String, Long> byType,
        Map<String, Long> byPage,
        List<String> differences) {
    void write(Path file) throws IOException {
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), this);
    }
}
