package io.tailrace.benchmarks.data;

import io.tailrace.schemas.model.Item;
import java.util.Random;

/** Items of one size, made up from a seed: letters and digits that compress little, as the text of users does. */
public final class Items {
    /** The partition key of every table here, a string. */
    public static final String KEY = "id";

    /** An attribute of some items, a string, by which indexes find them. */
    public static final String OWNER = "owner";

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final String TEXT = "text";
    private static final int VARIANTS = 64;
    /** Names of the attributes and a key of about 20 characters. */
    private static final int OTHER_BYTES = 26;

    private final String[] texts = new String[VARIANTS];

    /** @param sizeBytes of an item, as DynamoDB counts, about */
    public Items(long seed, int sizeBytes) {
        Random random = new Random(seed);
        for (int variant = 0; variant < VARIANTS; variant++) {
            texts[variant] = text(random, Math.max(1, sizeBytes - OTHER_BYTES));
        }
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    /** The item with this key; the number says which text it has. */
    public Item item(String key, long number) {
        return Item.builder().set(KEY, key).set(TEXT, text(number)).build();
    }

    /** The same with an owner; larger by that. */
    public Item owned(String key, String owner, long number) {
        return Item.builder()
                .set(KEY, key)
                .set(OWNER, owner)
                .set(TEXT, text(number))
                .build();
    }

    /** The text of an item. */
    public String text(long number) {
        return texts[(int) Math.floorMod(number, (long) VARIANTS)];
    }
}
