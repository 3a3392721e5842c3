package io.tailrace.server.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tailrace.schemas.json.DynamoJson;
import io.tailrace.schemas.json.StreamRecordJson;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.StreamRecord;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;
import java.util.TreeSet;

/** Stream records for people and programs to read. */
enum RecordText {
    /** One JSON object a line, in the form of DynamoDB Streams. */
    JSON {
        @Override
        String of(StreamRecord record) {
            return json(out -> StreamRecordJson.write(out, record));
        }
    },
    /** A line with time, event and key, then a line for each attribute that was removed (-) or set (+). */
    DIFF {
        @Override
        String of(StreamRecord record) {
            StringBuilder text = new StringBuilder();
            text.append(record.approximateCreationTime())
                    .append(' ')
                    .append(record.eventName())
                    .append(' ')
                    .append(json(out -> DynamoJson.writeItem(out, record.keys())))
                    .append(" #")
                    .append(record.sequenceNumber());
            Map<String, AttributeValue> before = attributes(record.oldImage());
            Map<String, AttributeValue> after = attributes(record.newImage());
            TreeSet<String> names = new TreeSet<>(before.keySet());
            names.addAll(after.keySet());
            names.removeAll(record.keys().attributes().keySet());
            for (String name : names) {
                AttributeValue old = before.get(name);
                AttributeValue now = after.get(name);
                if (old != null && !old.equals(now)) {
                    line(text, "- ", name, old);
                }
                if (now != null && !now.equals(old)) {
                    line(text, "+ ", name, now);
                }
            }
            return text.toString();
        }
    };

    private static final JsonFactory FACTORY = DynamoJson.newFactory();

    /** Writes JSON. */
    @FunctionalInterface
    interface Body {
        void write(JsonGenerator out) throws IOException;
    }

    /** The record's text, without a line end at its end. */
    abstract String of(StreamRecord record);

    private static void line(StringBuilder text, String mark, String name, AttributeValue value) {
        text.append(System.lineSeparator())
                .append("    ")
                .append(mark)
                .append(name)
                .append(' ')
                .append(json(out -> DynamoJson.write(out, value)));
    }

    private static Map<String, AttributeValue> attributes(Item image) {
        return image == null ? Map.of() : image.attributes();
    }

    private static String json(Body body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            body.write(out);
        } catch (IOException impossible) {
            throw new IllegalStateException("writing to memory failed", impossible);
        }
        return text.toString();
    }
}
