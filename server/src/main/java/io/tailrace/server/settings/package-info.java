/**
 * The settings: each is declared once, in {@link io.tailrace.server.settings.TailraceSettings}, with its name, type,
 * default, allowed values and documentation; flags, environment variables, docs/configuration.md and the frozen
 * configuration records of the parts all follow from that declaration.
 *
 * <p>Invariant: past {@link io.tailrace.server.settings.ServerConfig#from} nothing reads a setting by its name, and no
 * value is out of its range. Imports no HTTP and no Kafka.
 */
package io.tailrace.server.settings;
