/**
 * Time to live: expired items are deleted, from the mutations topic, through the commands topic.
 *
 * <p>Invariant: once everything up to a commit has been read, the store of pending expiries holds exactly the items that can
 * expire at that commit, of the tables whose time to live is on, whatever was replayed on the way; what was pending when it
 * was switched off is being forgotten. The store alone never deletes anything: the engine decides about each command. Must
 * not import another topology's package.
 */
package io.tailrace.processors.ttl;
