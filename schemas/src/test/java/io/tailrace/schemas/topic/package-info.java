/** Proves the public names. */
package io.tailrace.schemas.topic;
