/**
 * Crashes of real server processes under a random workload, and the comparison of everything that tells the story
 * afterwards: the clients' own history, the journal, tables, indexes, topics and the Streams API.
 */
package io.tailrace.server.crash;
