/**
 * What makes files and directories durable.
 *
 * <p>Invariant: whatever an engine needs to find again after a loss of power was given to {@link DiskSync} before anyone was
 * told of it; so a test that stands in its place knows all that a disk must keep. Imports nothing but the JDK.
 */
package io.tailrace.engine.disk;
