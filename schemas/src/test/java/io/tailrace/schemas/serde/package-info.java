/** Proves the framings, the registry client, and that published schemas stay compatible. */
package io.tailrace.schemas.serde;
