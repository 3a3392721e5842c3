package io.tailrace.benchmarks.codec;

import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Binary;
import io.tailrace.schemas.model.DynamoNumber;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemSize;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Items as applications have them, made up from a seed: keys, numbers and text; larger ones also a set, a list and a map. */
final class Documents {
    static final String PARTITION = "pk";
    static final String SORT = "sk";
    static final String PRICE = "price";
    static final String ACTIVE = "active";
    static final String TAGS = "tags";
    static final String ADDRESS = "address";
    static final String CITY = "city";
    static final String HISTORY = "history";
    static final String NOTE = "note";

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789";
    /** From here on an item has all kinds of attributes. */
    private static final int RICH_BYTES = 500;

    private final Random random;

    Documents(long seed) {
        random = new Random(seed);
    }

    /** As many items of this size, as DynamoDB counts, all different. */
    List<Item> items(int count, int sizeBytes) {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(item(i, sizeBytes));
        }
        return items;
    }

    private Item item(int number, int sizeBytes) {
        Item.Builder item = Item.builder()
                .set(PARTITION, "customer-" + (100_000 + number))
                .set(SORT, "order-" + (1_000 + number))
                .set(PRICE, new AttributeValue.N(DynamoNumber.parse(random.nextInt(1_000) + "." + (10 + number % 80))))
                .set(ACTIVE, AttributeValue.Bool.of(number % 2 == 0));
        if (sizeBytes >= RICH_BYTES) {
            addRest(item);
        }
        Item rest = item.build();
        int missing = sizeBytes - ItemSize.of(rest) - NOTE.length();
        return rest.with(NOTE, new AttributeValue.S(text(Math.max(1, missing))));
    }

    private void addRest(Item.Builder item) {
        Set<String> tags = new LinkedHashSet<>(List.of("new", "tag-" + random.nextInt(10), "of-" + random.nextInt(10)));
        Map<String, AttributeValue> address = new LinkedHashMap<>();
        address.put("street", new AttributeValue.S(text(20)));
        address.put(CITY, new AttributeValue.S(text(10)));
        address.put("zip", AttributeValue.number(10_000 + random.nextInt(80_000)));
        List<AttributeValue> history = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            history.add(AttributeValue.number(1_700_000_000L + random.nextInt(100_000_000)));
        }
        byte[] digest = new byte[32];
        random.nextBytes(digest);
        item.set(TAGS, new AttributeValue.SS(tags))
                .set(ADDRESS, new AttributeValue.M(address))
                .set(HISTORY, new AttributeValue.L(history))
                .set("digest", new AttributeValue.B(Binary.copyOf(digest)));
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }
}
