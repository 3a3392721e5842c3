/**
 * The server as a whole: brings the parts up in order, tells how they are, and takes them down in order.
 *
 * <p>Invariant: tables are served as soon as the engine has recovered, whatever Kafka does; a part that fails is visible
 * in the health and tried again, and never takes another part with it. The only place that knows all parts.
 */
package io.tailrace.server.runtime;
