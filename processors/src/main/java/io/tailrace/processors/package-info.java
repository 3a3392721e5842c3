/**
 * What the processors have in common with those who start and watch them: their configuration, state and meters.
 *
 * <p>Invariant: a processor knows topics and the public vocabulary only, so that it can run on another machine. Must not
 * import the engine, capture or the server.
 */
package io.tailrace.processors;
