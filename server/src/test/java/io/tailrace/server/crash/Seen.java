package io.tailrace.server.crash;

import io.tailrace.schemas.model.Item;

/**
 * What an answer showed of an item.
 *
 * @param id the write that left it; 0 when there was no item
 * @param imageHash of the whole item; 0 when there was none
 */
record Seen(Slot slot, int id, int imageHash) {
    static Seen of(Slot slot, Item item) {
        return new Seen(slot, Effect.id(item), item == null ? 0 : item.hashCode());
    }
}
