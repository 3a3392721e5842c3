/** Proves UTF-8 and the growable buffer. */
package io.tailrace.schemas.bytes;
