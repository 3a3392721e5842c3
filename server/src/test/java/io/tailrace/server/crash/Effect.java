package io.tailrace.server.crash;

import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.util.Map;

/** What a write makes of an item, as the documentation has it: an oracle that knows nothing of the engine. */
sealed interface Effect {
    /** Names the write in every item that it leaves. */
    String ID = "op";

    String COUNT = "n";

    /** @return null when there is no item afterwards */
    Item apply(Slot slot, Item old);

    /** The item is replaced. */
    record Put(Item item) implements Effect {
        @Override
        public Item apply(Slot slot, Item old) {
            return item;
        }
    }

    /**
     * Attributes are set, {@link #COUNT} grows by one when {@code counts}, and one attribute goes.
     *
     * @param removed null when none goes
     */
    record Update(Map<String, AttributeValue> set, boolean counts, String removed) implements Effect {
        public Update {
            set = Map.copyOf(set);
        }

        @Override
        public Item apply(Slot slot, Item old) {
            Item.Builder item = (old == null ? slot.key() : old).toBuilder();
            set.forEach(item::set);
            if (removed != null) {
                item.remove(removed);
            }
            if (counts) {
                item.set(COUNT, 1 + (old == null ? 0 : number(old, COUNT)));
            }
            return item.build();
        }
    }

    /** The item goes. */
    record Delete() implements Effect {
        @Override
        public Item apply(Slot slot, Item old) {
            return null;
        }
    }

    /** A whole number in the item; 0 when there is none. */
    static long number(Item item, String name) {
        return item.get(name) instanceof AttributeValue.N number
                ? number.value().toBigDecimal().longValueExact()
                : 0;
    }

    /** Which write left this item; 0 for no item. */
    static int id(Item item) {
        return item == null ? 0 : Math.toIntExact(number(item, ID));
    }
}
