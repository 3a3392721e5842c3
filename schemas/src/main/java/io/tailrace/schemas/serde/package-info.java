/**
 * Kafka serdes of the model: which schema a record's bytes are of, and reading what older versions wrote.
 *
 * <p>Invariant: a record says itself which schema wrote it, by fingerprint (Avro single-object encoding) or by a schema
 * registry's id (Confluent wire format). Both are read whichever is written, so that the setting can be changed on
 * topics with records. Every schema that was ever published is kept under {@code published}.
 *
 * <p>Programs that read with the generated classes of {@code io.tailrace.schemas.avro} have to tell Avro that they trust
 * that package: system property {@code org.apache.avro.SERIALIZABLE_PACKAGES}. These serdes do not use them.
 */
package io.tailrace.schemas.serde;
