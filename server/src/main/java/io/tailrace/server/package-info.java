/** The entry point of the {@code tailrace} command: puts the subcommands together and hands over to them. */
package io.tailrace.server;
