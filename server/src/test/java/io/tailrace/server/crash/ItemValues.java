package io.tailrace.server.crash;

import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** Random items and updates. Belongs to one thread. */
final class ItemValues {
    private static final int MAX_TEXT = 40;
    private static final int INDEX_VALUES = 6;
    private static final long EXPIRED_SECONDS_AGO = 3_600;

    private final Random random;

    ItemValues(Random random) {
        this.random = random;
    }

    Item item(Slot slot, int id) {
        Item.Builder item = slot.key().toBuilder()
                .set(Effect.ID, id)
                .set(Effect.COUNT, random.nextInt(10))
                .set("v", text());
        if (random.nextInt(4) > 0) {
            item.set("l", "l" + random.nextInt(INDEX_VALUES));
        }
        if (random.nextInt(4) > 0) {
            item.set("g", "g" + random.nextInt(INDEX_VALUES));
        }
        if (random.nextInt(10) == 0) {
            item.set(TableChanger.EXPIRY, System.currentTimeMillis() / 1_000 - EXPIRED_SECONDS_AGO);
        }
        return item.build();
    }

    Effect.Update update(int id) {
        Map<String, AttributeValue> set = new HashMap<>();
        set.put(Effect.ID, AttributeValue.number(id));
        set.put("v", new AttributeValue.S(text()));
        String removed = null;
        switch (random.nextInt(5)) {
            case 0 -> set.put("l", new AttributeValue.S("l" + random.nextInt(INDEX_VALUES)));
            case 1 -> set.put("g", new AttributeValue.S("g" + random.nextInt(INDEX_VALUES)));
            case 2 -> removed = "l";
            case 3 -> removed = "g";
            default -> set.put("w", new AttributeValue.S(text()));
        }
        return new Effect.Update(set, true, removed);
    }

    /** As a statement can say it. */
    Effect.Update plainUpdate(int id) {
        return new Effect.Update(
                Map.of(Effect.ID, AttributeValue.number(id), "v", new AttributeValue.S(text())), false, null);
    }

    private String text() {
        int length = 1 + random.nextInt(MAX_TEXT);
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }
}
