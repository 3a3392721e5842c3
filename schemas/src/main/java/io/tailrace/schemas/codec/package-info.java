/**
 * Avro binary encoding of the model, written by hand because every mutation passes here: one pass, no intermediate
 * objects, and images that are already encoded are copied as they are.
 *
 * <p>Invariant: the bytes are those of the schemas in {@code src/main/avro}; tests compare them with Avro's own. Decoding
 * accepts any valid encoding of them (blocks included) and meets anything else with a {@link
 * io.tailrace.schemas.codec.MalformedAvroException}. Knows no framing and no Kafka.
 */
package io.tailrace.schemas.codec;
