/**
 * Growable byte buffers and UTF-8 as DynamoDB sees it: the ground under keys and codecs.
 *
 * <p>Invariant: strings are ordered and measured by their UTF-8 bytes, never by Java's UTF-16 units. Imports nothing but
 * the JDK.
 */
package io.tailrace.schemas.bytes;
