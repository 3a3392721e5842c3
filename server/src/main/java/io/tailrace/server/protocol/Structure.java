package io.tailrace.server.protocol;

import com.fasterxml.jackson.core.JsonToken;
import io.tailrace.engine.operation.MalformedValue;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A structure of the API as a table of its members, and how a record is made of their values. Members that are null are
 * as good as absent; members that the API does not know are skipped.
 */
final class Structure<R> extends JsonType<R> {
    /** The members of one value of the structure. */
    static final class Values {
        private final Map<String, Object> values = new HashMap<>();
        private final DecodeContext context;
        private final int malformedBefore;

        private Values(DecodeContext context) {
            this.context = context;
            this.malformedBefore = context.malformedCount();
        }

        /** The member's value, or null when the request has none. */
        @SuppressWarnings("unchecked") // put in by the member's own type
        <T> T get(Member<T> member) {
            return (T) values.get(member.name());
        }

        boolean has(Member<?> member) {
            return values.containsKey(member.name());
        }

        /** Where the client sent the request to. */
        String host() {
            return context.host();
        }

        /** The values that were left out of this structure because they break a rule. */
        List<MalformedValue> ownMalformedValues() {
            List<MalformedValue> all = context.malformedValues();
            return all.subList(malformedBefore, all.size());
        }

        /** The values that were left out of the request so far because they break a rule. */
        List<MalformedValue> malformedValues() {
            return context.malformedValues();
        }
    }

    private final String name;
    private final Map<String, Member<?>> members = new HashMap<>();
    private final Function<Values, R> constructor;

    private Structure(String name, Function<Values, R> constructor, Member<?>... members) {
        this.name = name;
        this.constructor = constructor;
        for (Member<?> member : members) {
            this.members.put(member.name(), member);
        }
    }

    /** A structure of this name in the API's model. */
    static <R> Structure<R> of(String name, Function<Values, R> constructor, Member<?>... members) {
        return new Structure<>(name, constructor, members);
    }

    @Override
    R read(DecodeContext context, Place place) throws IOException {
        requireStructure(context, place, javaName());
        return members(context, false);
    }

    /** Reads the structure as the whole request. */
    R readRequest(DecodeContext context) throws IOException {
        if (context.parser().nextToken() != JsonToken.START_OBJECT) {
            throw new SerializationException("Start of structure or map found where not expected");
        }
        R request = members(context, true);
        if (context.parser().nextToken() != null) {
            throw new SerializationException("Unexpected content after the request");
        }
        return request;
    }

    private R members(DecodeContext context, boolean outermost) throws IOException {
        Values values = new Values(context);
        while (context.parser().nextToken() != JsonToken.END_OBJECT) {
            Member<?> member = members.get(context.parser().currentName());
            JsonToken token = context.parser().nextToken();
            if (token == JsonToken.VALUE_NULL) {
                continue;
            }
            if (member == null) {
                context.parser().skipChildren();
                continue;
            }
            if (outermost) {
                context.enterMember(member.name());
            }
            values.values.put(member.name(), member.type().read(context, Place.MEMBER));
        }
        return constructor.apply(values);
    }

    @Override
    String javaName() {
        return "com.amazonaws.dynamodb.v20120810." + name;
    }
}
