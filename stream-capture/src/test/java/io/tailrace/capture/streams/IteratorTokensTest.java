package io.tailrace.capture.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.schemas.topic.SequenceNumbers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Iterators come back as they were given out, and nothing else is taken for one. */
class IteratorTokensTest {
    private static final ShardIterator ITERATOR = new ShardIterator(
            "arn:aws:dynamodb:us-east-1:000000000000:table/Orders/stream/2026-05-17T10:05:03.000",
            41,
            3,
            new SequenceNumbers.Position(99_999_999_999_999_999L, 7),
            123_456_789_012L,
            77,
            true,
            Instant.parse("2026-05-17T10:05:03.123Z"));

    @TempDir
    private Path folder;

    private final IteratorTokens tokens = new IteratorTokens(key(1));

    @Test
    void whatGoesOutComesBack() {
        String token = tokens.encode(ITERATOR);
        assertThat(token).startsWith(ITERATOR.streamArn() + "|2|").hasSizeLessThan(IteratorTokens.MAX_LENGTH);
        assertThat(tokens.decode(token)).isEqualTo(ITERATOR);
    }

    /** An earlier release did not say of which topic the offset is: the place has to be looked for. */
    @Test
    void iteratorsOfAnEarlierReleaseAreTakenWithoutTheirOffset() throws GeneralSecurityException {
        String current = tokens.encode(ITERATOR);
        int encoded = ITERATOR.streamArn().length() + "|2|".length();
        byte[] plain = Arrays.copyOf(Base64.getDecoder().decode(current.substring(encoded)), 41);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key(1), "HmacSHA256"));
        mac.update(plain);
        byte[] code = mac.doFinal(ITERATOR.streamArn().getBytes(StandardCharsets.UTF_8));
        byte[] token = Arrays.copyOf(plain, 41 + 16);
        System.arraycopy(code, 0, token, 41, 16);
        assertThat(tokens.decode(
                        ITERATOR.streamArn() + "|1|" + Base64.getEncoder().encodeToString(token)))
                .isEqualTo(ITERATOR.withoutOffset());
    }

    @Test
    void everyAlteredCharacterIsNoticed() {
        String token = tokens.encode(ITERATOR);
        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            assertInvalid(tokens, token.substring(0, i) + other + token.substring(i + 1));
            assertInvalid(tokens, token.substring(0, i));
        }
        assertInvalid(tokens, token + "A");
    }

    @Test
    void anotherKeysIteratorsAreRefused() {
        assertInvalid(new IteratorTokens(key(2)), tokens.encode(ITERATOR));
    }

    @Test
    void theKeyIsMadeOnceAndKept() throws IOException {
        Path file = folder.resolve("streams.key");
        byte[] key = IteratorKey.load(file);
        assertThat(key).hasSize(IteratorTokens.KEY_BYTES);
        assertThat(IteratorKey.load(file)).isEqualTo(key);
        Files.write(file, new byte[] {1, 2, 3});
        assertThat(IteratorKey.load(file)).hasSize(IteratorTokens.KEY_BYTES).isNotEqualTo(key);
    }

    private static void assertInvalid(IteratorTokens tokens, String token) {
        assertThatThrownBy(() -> tokens.decode(token))
                .as(token)
                .isInstanceOfSatisfying(
                        DynamoException.class,
                        refused -> assertThat(refused.type()).isEqualTo(ErrorType.VALIDATION))
                .hasMessage("Invalid ShardIterator");
    }

    private static byte[] key(int seed) {
        byte[] key = new byte[IteratorTokens.KEY_BYTES];
        Arrays.fill(key, (byte) seed);
        return key;
    }
}
