package io.tailrace.engine.read;

/**
 * That an item of a global table was deleted.
 *
 * @param period when, more or less
 * @param stateKey the key that the item had
 */
public record DeletedItem(int period, byte[] stateKey) {}
