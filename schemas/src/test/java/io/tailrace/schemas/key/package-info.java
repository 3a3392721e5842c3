/** Proves the order of keys and their layout. */
package io.tailrace.schemas.key;
