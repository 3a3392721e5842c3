package io.tailrace.schemas.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every character is escaped where Jackson escapes it, at every place of a text. */
class JsonTextTest {
    private static final int MOST_BEFORE = 17;
    private static final List<Integer> SOME =
            List.of(0x80, 0xA0, 0x7FF, 0x800, 0x2028, 0xD7FF, 0xFFFF, 0x10000, 0x10FFFF);

    @Test
    void everyCharacterIsWrittenAsJacksonDoesIt() throws IOException {
        for (int before = 0; before <= MOST_BEFORE; before++) {
            for (int c = 0; c <= 0x7F; c++) {
                assertWritten(
                        "é".repeat(before % 2) + "x".repeat(before) + Character.toString(c) + "y".repeat(before % 5));
            }
            for (int c : SOME) {
                assertWritten("x".repeat(before) + Character.toString(c) + "\"".repeat(before % 2));
            }
        }
    }

    private static void assertWritten(String text) throws IOException {
        byte[] bytes = ("\"\u0001" + text + "\\").getBytes(StandardCharsets.UTF_8);
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        assertThat(write(out -> JsonText.write(out, bytes, 2, length)))
                .isEqualTo(write(out -> out.writeUTF8String(bytes, 2, length)));
        boolean special = text.chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\');
        assertThat(JsonText.isPlain(bytes, 2, length)).as(text).isEqualTo(!special);
    }

    private interface Writing {
        void to(JsonGenerator out) throws IOException;
    }

    private static byte[] write(Writing writing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = DynamoJson.newFactory().createGenerator(bytes)) {
            writing.to(out);
        }
        return bytes.toByteArray();
    }
}
