/** Global tables between regions: many seeds of a simulation, and engines with real brokers. */
package io.tailrace.server.replication;
