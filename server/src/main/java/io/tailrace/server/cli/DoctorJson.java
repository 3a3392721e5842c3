package io.tailrace.server.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tailrace.engine.check.Finding;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What {@code tailrace doctor --json} prints. */
final class DoctorJson {
    private DoctorJson() {}

    static String text(Path directory, List<Finding> findings, List<Finding> repaired) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("directory", directory.toString());
            json.writeBooleanField("healthy", findings.stream().allMatch(finding -> finding.kind() == Finding.Kind.OK));
            write("repaired", repaired, json);
            write("findings", findings, json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    static String name(Finding.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static void write(String name, List<Finding> findings, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (Finding finding : findings) {
            json.writeStartObject();
            json.writeStringField("kind", name(finding.kind()));
            json.writeStringField("part", finding.part());
            json.writeStringField("text", finding.text());
            json.writeStringField("advice", finding.advice());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
