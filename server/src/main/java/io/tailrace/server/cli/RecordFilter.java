package io.tailrace.server.cli;

import com.fasterxml.jackson.core.JsonParser;
import io.tailrace.schemas.json.DynamoJson;
import io.tailrace.schemas.json.DynamoJsonException;
import io.tailrace.schemas.model.EventName;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.StreamRecord;
import java.io.IOException;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which stream records are wanted.
 *
 * @param events empty for all
 * @param key attributes that a record's key must have; null for all keys
 */
record RecordFilter(Set<EventName> events, Item key) implements Predicate<StreamRecord> {
    RecordFilter {
        events = Set.copyOf(events);
    }

    /**
     * A key, or its partition key alone, as DynamoDB's JSON has it.
     *
     * @throws IllegalArgumentException when this is not one
     */
    static Item parseKey(String json) {
        try (JsonParser parser = DynamoJson.newFactory().createParser(json)) {
            parser.nextToken();
            Item key = DynamoJson.readItem(parser);
            if (parser.nextToken() == null) {
                return key;
            }
        } catch (IOException | DynamoJsonException wrong) {
            throw new IllegalArgumentException(wrong.getMessage(), wrong);
        }
        throw new IllegalArgumentException("something follows the key");
    }

    @Override
    public boolean test(StreamRecord record) {
        boolean event = events.isEmpty() || events.contains(record.eventName());
        return event
                && (key == null
                        || key.attributes().entrySet().stream()
                                .allMatch(attribute -> attribute
                                        .getValue()
                                        .equals(record.keys().attributes().get(attribute.getKey()))));
    }
}
