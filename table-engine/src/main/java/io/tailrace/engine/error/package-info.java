/**
 * What the API answers when it refuses: error types with their wire names, the exception that carries one, and the
 * texts. Every text of an API error that the engine gives is a method of {@link io.tailrace.engine.error.ErrorMessages} or
 * {@link io.tailrace.engine.error.TableErrorMessages}.
 *
 * <p>Imports nothing of the engine's other packages.
 */
package io.tailrace.engine.error;
