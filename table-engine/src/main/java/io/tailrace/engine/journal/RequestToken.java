package io.tailrace.engine.journal;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;

/**
 * What a client names its request by, so that sending it again has no second effect. (API Reference, TransactWriteItems,
 * ClientRequestToken.)
 *
 * @param token as the client gave it
 * @param fingerprint of the request that came with it: {@value #FINGERPRINT_BYTES} bytes in hexadecimal
 */
public record RequestToken(String token, String fingerprint) {
    public static final int FINGERPRINT_BYTES = 32;
    public static final int MAX_TOKEN_BYTES = 255;

    public RequestToken {
        Objects.requireNonNull(token);
        if (HexFormat.of().parseHex(fingerprint).length != FINGERPRINT_BYTES) {
            throw new IllegalArgumentException("a fingerprint of " + fingerprint.length() + " digits");
        }
        int length = token.getBytes(StandardCharsets.UTF_8).length;
        if (length == 0 || length > MAX_TOKEN_BYTES) {
            throw new IllegalArgumentException("a token of " + length + " bytes");
        }
    }
}
