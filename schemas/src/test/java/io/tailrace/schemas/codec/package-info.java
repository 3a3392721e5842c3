/** Proves the codecs against Avro's own implementation. */
package io.tailrace.schemas.codec;
