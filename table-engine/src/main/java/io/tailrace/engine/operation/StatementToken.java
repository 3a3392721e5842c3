package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.StatementErrorMessages;
import io.tailrace.schemas.codec.ItemCodec;
import io.tailrace.schemas.codec.MalformedAvroException;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Where a SELECT goes on: the NextToken of its answer. It holds a checksum of the statement and its parameters, so that it
 * fits no other one, and a checksum of itself, so that damage is found.
 *
 * @param range position of the range that is being read, from 0
 * @param startKey the key after which to go on within the range; without attributes to begin with it
 */
record StatementToken(int range, Item startKey) {
    private static final byte VERSION = 1;
    private static final int HEADER_BYTES = 1 + 3 * Integer.BYTES;
    private static final int CHECKED_FROM = 1 + Integer.BYTES;

    /** What a token must have been made for. */
    static int fingerprint(String statement, List<AttributeValue> parameters) {
        CRC32C checksum = new CRC32C();
        checksum.update(statement.getBytes(StandardCharsets.UTF_8));
        for (AttributeValue parameter : parameters) {
            checksum.update(ItemCodec.encode(Item.builder().set("p", parameter).build()));
        }
        return (int) checksum.getValue();
    }

    /** version(1) | checksum of the rest(4) | fingerprint(4) | range(4) | start key, in base 64. */
    String encode(int fingerprint) {
        byte[] key = ItemCodec.encode(startKey);
        ByteBuffer token = ByteBuffer.allocate(HEADER_BYTES + key.length)
                .put(VERSION)
                .putInt(0)
                .putInt(fingerprint)
                .putInt(range)
                .put(key);
        token.putInt(1, checksum(token.array()));
        return Base64.getEncoder().encodeToString(token.array());
    }

    /** @throws DynamoException when the text is no token, or one of another statement */
    static StatementToken decode(String text, int fingerprint) {
        try {
            ByteBuffer token = ByteBuffer.wrap(Base64.getDecoder().decode(text));
            if (token.get() != VERSION || token.getInt() != checksum(token.array())) {
                throw DynamoException.validation(StatementErrorMessages.invalidNextToken());
            }
            if (token.getInt() != fingerprint) {
                throw DynamoException.validation(StatementErrorMessages.otherNextToken());
            }
            return new StatementToken(token.getInt(), ItemCodec.decode(token.slice()));
        } catch (IllegalArgumentException | BufferUnderflowException | MalformedAvroException e) {
            throw DynamoException.validation(StatementErrorMessages.invalidNextToken());
        }
    }

    private static int checksum(byte[] token) {
        CRC32C checksum = new CRC32C();
        if (token.length > CHECKED_FROM) {
            checksum.update(token, CHECKED_FROM, token.length - CHECKED_FROM);
        }
        return (int) checksum.getValue();
    }
}
