package io.tailrace.capture.streams;

import io.tailrace.capture.PartitionTail;
import io.tailrace.schemas.topic.SequenceNumbers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Iterators as clients hold them: the stream's ARN, a version, and in Base64 the rest with a code that only the owner of the
 * key can make. A server with the same key reads them after a restart; an altered one is no iterator.
 */
final class IteratorTokens {
    static final int KEY_BYTES = 32;
    /** The model's bound. (API Reference, Streams, GetRecords.) */
    static final int MAX_LENGTH = 2048;

    private static final String ALGORITHM = "HmacSHA256";
    private static final String VERSION = "|2|";
    private static final int PLAIN_BYTES = 8 + 8 + 4 + 8 + 4 + 8 + 1 + 4;
    /** Of an earlier release, which did not say of which topic the offset is. */
    private static final String VERSION_1 = "|1|";

    private static final int PLAIN_BYTES_1 = PLAIN_BYTES - 4;
    private static final int CODE_BYTES = 16;

    private final SecretKeySpec key;

    IteratorTokens(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key of " + key.length + " bytes");
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    String encode(ShardIterator iterator) {
        byte[] plain = ByteBuffer.allocate(PLAIN_BYTES)
                .putLong(iterator.created().toEpochMilli())
                .putLong(iterator.shardStart())
                .putInt(iterator.partition())
                .putLong(iterator.next().sequence())
                .putInt(iterator.next().mutationIndex())
                .putLong(iterator.offset())
                .put((byte) (iterator.fromHorizon() ? 1 : 0))
                .putInt(iterator.topic())
                .array();
        byte[] token = Arrays.copyOf(plain, PLAIN_BYTES + CODE_BYTES);
        System.arraycopy(code(iterator.streamArn(), plain), 0, token, PLAIN_BYTES, CODE_BYTES);
        return iterator.streamArn() + VERSION + Base64.getEncoder().encodeToString(token);
    }

    /** @throws io.tailrace.engine.error.DynamoException when this is no iterator of ours */
    ShardIterator decode(String token) {
        int arnEnd = token.indexOf(VERSION);
        boolean current = arnEnd >= 0;
        if (!current) {
            arnEnd = token.indexOf(VERSION_1);
        }
        if (arnEnd < 0) {
            throw StreamErrors.invalidIterator();
        }
        String arn = token.substring(0, arnEnd);
        byte[] plain = plain(arn, token.substring(arnEnd + VERSION.length()), current ? PLAIN_BYTES : PLAIN_BYTES_1);
        ByteBuffer in = ByteBuffer.wrap(plain);
        Instant created = Instant.ofEpochMilli(in.getLong());
        ShardIterator iterator = new ShardIterator(
                arn,
                in.getLong(),
                in.getInt(),
                new SequenceNumbers.Position(in.getLong(), in.getInt()),
                in.getLong(),
                current ? in.getInt(PLAIN_BYTES_1) : PartitionTail.NO_TOPIC,
                in.get() == 1,
                created);
        return current ? iterator : iterator.withoutOffset();
    }

    private byte[] plain(String arn, String encoded, int length) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException noBase64) {
            throw StreamErrors.invalidIterator();
        }
        // Several last characters can stand for the same bytes.
        boolean asEncoded = Base64.getEncoder().encodeToString(bytes).equals(encoded);
        if (!asEncoded || bytes.length != length + CODE_BYTES) {
            throw StreamErrors.invalidIterator();
        }
        byte[] plain = Arrays.copyOf(bytes, length);
        byte[] code = Arrays.copyOfRange(bytes, length, bytes.length);
        if (!MessageDigest.isEqual(code, code(arn, plain))) {
            throw StreamErrors.invalidIterator();
        }
        return plain;
    }

    private byte[] code(String arn, byte[] plain) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(plain);
            return Arrays.copyOf(mac.doFinal(arn.getBytes(StandardCharsets.UTF_8)), CODE_BYTES);
        } catch (GeneralSecurityException impossible) { // every JDK has the algorithm
            throw new IllegalStateException(impossible);
        }
    }
}
