package io.tailrace.schemas.codec;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/** Names of attributes that are looked for in encoded items; what they are not is skipped without making a string of it. */
public final class AttributeNames {
    private final List<String> names;
    private final byte[][] encoded;

    private AttributeNames(List<String> names) {
        this.names = names;
        this.encoded = names.stream()
                .map(name -> name.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    /** Each counts once, however often it is named. */
    public static AttributeNames of(Collection<String> names) {
        return new AttributeNames(names.stream().distinct().toList());
    }

    /** Reads a name; null when it is none of these. */
    String read(AvroReader in) {
        int length = in.skipBytes();
        int start = in.position() - length;
        for (int i = 0; i < encoded.length; i++) {
            if (encoded[i].length == length && in.hasAt(start, encoded[i])) {
                return names.get(i);
            }
        }
        return null;
    }
}
