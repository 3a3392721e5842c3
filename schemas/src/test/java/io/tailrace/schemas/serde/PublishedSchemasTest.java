package io.tailrace.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.SchemaParser;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidator;
import org.apache.avro.SchemaValidatorBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The current schemas are published, and every published version can read and be read by every other. */
class PublishedSchemasTest {
    private static final Path SOURCES = Path.of("src", "main", "avro");
    private static final SchemaFormatter PRETTY = SchemaFormatter.getInstance("json/pretty");
    private static final Path RESOLVED = Path.of("target", "avro-resolved");

    @ParameterizedTest
    @EnumSource
    void theCurrentSchemaIsTheNewestPublishedOne(RecordSchema recordSchema) throws IOException {
        Schema current = currentSchema(recordSchema.recordName());
        PublishedSchemas published = PublishedSchemas.load(recordSchema);
        Path resolved = RESOLVED.resolve(recordSchema.recordName() + ".avsc");
        Files.createDirectories(RESOLVED);
        Files.writeString(resolved, PRETTY.format(current) + "\n");
        assertThat(PRETTY.format(published.current()))
                .as(
                        "src/main/avro has changed since v%d was published. When the change is meant, copy %s to"
                                + " src/main/avro-published/%s/v%d.avsc; never change a version that was released",
                        published.versions().size(),
                        resolved,
                        recordSchema.recordName(),
                        published.versions().size() + 1)
                .isEqualTo(PRETTY.format(current));
    }

    @ParameterizedTest
    @EnumSource
    void allVersionsReadOneAnother(RecordSchema recordSchema) throws IOException, SchemaValidationException {
        SchemaValidator mutual =
                new SchemaValidatorBuilder().mutualReadStrategy().validateAll();
        Schema current = currentSchema(recordSchema.recordName());
        List<Schema> versions = PublishedSchemas.load(recordSchema).versions();
        mutual.validate(current, versions);
        for (Schema version : versions) {
            assertThat(SchemaCompatibility.checkReaderWriterCompatibility(current, version)
                            .getType())
                    .isEqualTo(SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void versionsAreFoundByFingerprint(RecordSchema recordSchema) {
        PublishedSchemas published = PublishedSchemas.load(recordSchema);
        for (Schema version : published.versions()) {
            assertThat(published.withFingerprint(PublishedSchemas.fingerprint(version)))
                    .contains(version);
        }
        assertThat(published.withFingerprint(0)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyFieldIsDocumented(RecordSchema recordSchema) throws IOException {
        assertDocumented(currentSchema(recordSchema.recordName()));
    }

    private static void assertDocumented(Schema schema) {
        switch (schema.getType()) {
            case RECORD -> {
                assertThat(schema.getDoc()).as(schema.getName()).isNotBlank();
                for (Schema.Field field : schema.getFields()) {
                    assertThat(field.doc())
                            .as(schema.getName() + "." + field.name())
                            .isNotBlank();
                    if (!schema.getName().equals("AttributeValue")) { // which contains itself
                        assertDocumented(field.schema());
                    }
                }
            }
            case ENUM -> assertThat(schema.getDoc()).as(schema.getName()).isNotBlank();
            case ARRAY -> assertDocumented(schema.getElementType());
            case MAP -> assertDocumented(schema.getValueType());
            case UNION -> schema.getTypes().forEach(PublishedSchemasTest::assertDocumented);
            default -> {
                // primitives have no documentation
            }
        }
    }

    /** The schema as the sources have it, with all that it refers to. */
    private static Schema currentSchema(String name) throws IOException {
        SchemaParser parser = new SchemaParser();
        Map<String, SchemaParser.ParseResult> byFile = new HashMap<>();
        for (Path file : sourceFiles()) {
            byFile.put(file.getFileName().toString(), parser.parse(file));
        }
        return byFile.get(name + ".avsc").mainSchema();
    }

    private static List<Path> sourceFiles() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.sorted().toList();
        }
    }
}
