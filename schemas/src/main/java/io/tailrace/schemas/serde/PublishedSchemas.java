package io.tailrace.schemas.serde;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * The versions of one schema that were ever published, oldest first; the last is the current one. They are resources,
 * {@code published/<Name>/v<n>.avsc}, numbered from 1 without gaps.
 */
public final class PublishedSchemas {
    private final List<Schema> versions;
    private final Map<Long, Schema> byFingerprint;

    private PublishedSchemas(List<Schema> versions) {
        this.versions = List.copyOf(versions);
        this.byFingerprint = new LinkedHashMap<>();
        for (Schema version : versions) {
            byFingerprint.put(fingerprint(version), version);
        }
    }

    public static PublishedSchemas load(RecordSchema recordSchema) {
        List<Schema> versions = new ArrayList<>();
        Schema version = version(recordSchema, 1);
        while (version != null) {
            versions.add(version);
            version = version(recordSchema, versions.size() + 1);
        }
        if (versions.isEmpty()) {
            throw new IllegalStateException("no published version of " + recordSchema.recordName());
        }
        return new PublishedSchemas(versions);
    }

    public List<Schema> versions() {
        return versions;
    }

    public Schema current() {
        return versions.get(versions.size() - 1);
    }

    /** The version that has this fingerprint. */
    public Optional<Schema> withFingerprint(long fingerprint) {
        return Optional.ofNullable(byFingerprint.get(fingerprint));
    }

    /** CRC-64-AVRO of the parsing canonical form (Avro specification, "Schema Fingerprints"). */
    public static long fingerprint(Schema schema) {
        return SchemaNormalization.parsingFingerprint64(schema);
    }

    private static Schema version(RecordSchema recordSchema, int number) {
        String resource = "published/" + recordSchema.recordName() + "/v" + number + ".avsc";
        try (InputStream in = PublishedSchemas.class.getResourceAsStream(resource)) {
            return in == null ? null : new Schema.Parser().parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
