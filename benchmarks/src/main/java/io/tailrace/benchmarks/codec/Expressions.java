package io.tailrace.benchmarks.codec;

import io.tailrace.benchmarks.core.Benchmark;
import io.tailrace.benchmarks.core.Contest;
import io.tailrace.benchmarks.core.Load;
import io.tailrace.benchmarks.core.Sample;
import io.tailrace.benchmarks.core.Setup;
import io.tailrace.benchmarks.core.Side;
import io.tailrace.benchmarks.core.Target;
import io.tailrace.engine.expression.ConditionExpression;
import io.tailrace.engine.expression.ExpressionAttributes;
import io.tailrace.engine.expression.ExpressionKind;
import io.tailrace.engine.expression.KeyConditionExpression;
import io.tailrace.engine.expression.ProjectionExpression;
import io.tailrace.engine.expression.UpdateExpression;
import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.KeySchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Expressions on items, from the text and the placeholders of a request to what comes of them, beside the same in Java written
 * for that one question. As the engine does it: a text that was seen before is not parsed again; and with texts that never
 * were.
 */
public final class Expressions implements Benchmark {
    private static final int ITEM_BYTES = 1_000;
    private static final String SEEN = ", text seen before";
    private static final String NEW = ", new text";

    @Override
    public String name() {
        return "expressions";
    }

    @Override
    public String summary() {
        return "Expressions from their text to their result on an item of 1 KB, parsed before and parsed anew, beside the same "
                + "written by hand in Java.";
    }

    @Override
    public String operation() {
        return "one expression on one item";
    }

    @Override
    public List<Target> targets() {
        return List.of();
    }

    @Override
    public Contest open(Setup setup) {
        return new Opened(setup);
    }

    private static final class Opened implements Contest {
        private final Loop loop = new Loop();
        private final List<Item> items;
        private final int seenTimes;
        private final int newTimes;
        /** So many that the clock of CPU time, which has hundredths of a second, tells something. */
        private final int handTimes;

        private final Map<Load, Side> tailrace = new LinkedHashMap<>();
        private final Map<Load, Side> byHand = new LinkedHashMap<>();
        /** Counts the texts, so that none comes twice. */
        private long texts;

        /** An expression of a request, to be carried out on an item. */
        @FunctionalInterface
        private interface Question {
            long ask(String text, Item item);
        }

        /** The same in Java. */
        @FunctionalInterface
        private interface ByHand {
            long ask(Item item);
        }

        Opened(Setup setup) {
            seenTimes = setup.scale().pick(1_000_000, 1_000);
            newTimes = setup.scale().pick(150_000, 200);
            handTimes = setup.scale().pick(5_000_000, 5_000);
            items = new Documents(setup.seed()).items(setup.scale().pick(64, 8), ITEM_BYTES);
            HandWritten hand = new HandWritten();
            add(
                    "condition",
                    "attribute_exists(pk) AND #p < :most AND size(note) > :none",
                    Opened::condition,
                    item -> hand.condition(item) ? 1 : 0);
            add(
                    "filter",
                    "(price BETWEEN :low AND :high OR active = :yes) AND contains(tags, :tag) AND begins_with(sk, :prefix)",
                    Opened::filter,
                    item -> hand.filter(item) ? 1 : 0);
            add(
                    "projection",
                    "pk, sk, address.city, history[0], history[3]",
                    (text, item) -> ProjectionExpression.parse(text)
                            .bind(ExpressionAttributes.none())
                            .apply(item)
                            .size(),
                    item -> hand.projection(item).size());
            add(
                    "update",
                    "SET price = price + :one, address.city = :city REMOVE note ADD visits :one",
                    Opened::update,
                    item -> hand.update(item).size());
            add(
                    "key condition",
                    "pk = :p AND begins_with(sk, :prefix)",
                    Opened::keyCondition,
                    item -> hand.keyCondition(item) ? 1 : 0);
        }

        private void add(String what, String text, Question question, ByHand hand) {
            Load seen = new Load(what + SEEN, tailrace.size() + 1L);
            tailrace.put(seen, load -> loop.measure(seenTimes, number -> 1 + question.ask(text, item(number))));
            byHand.put(seen, load -> loop.measure(handTimes, number -> 1 + hand.ask(item(number))));
            Load anew = new Load(what + NEW, tailrace.size() + 1L);
            tailrace.put(anew, load -> measureNew(text, question));
            byHand.put(anew, load -> loop.measure(handTimes, number -> 1 + hand.ask(item(number))));
        }

        private Item item(int number) {
            return items.get(number % items.size());
        }

        /** The texts are made before the clocks start. */
        private Sample measureNew(String text, Question question) throws Exception {
            List<String> others = new ArrayList<>(newTimes);
            for (int i = 0; i < newTimes; i++) {
                others.add(respaced(text, texts++));
            }
            return loop.measure(newTimes, number -> 1 + question.ask(others.get(number), item(number)));
        }

        /** The same expression with other white space: behind it a binary number of blanks and tabs. */
        private static String respaced(String text, long number) {
            StringBuilder other = new StringBuilder(text);
            for (long rest = number; rest > 0; rest >>= 1) {
                other.append((rest & 1) == 0 ? ' ' : '\t');
            }
            return other.toString();
        }

        private static long condition(String text, Item item) {
            ExpressionAttributes attributes = ExpressionAttributes.of(
                    Map.of("#p", Documents.PRICE),
                    Map.of(":most", AttributeValue.number(HandWritten.MOST), ":none", AttributeValue.number(0)));
            boolean holds = ConditionExpression.parse(ExpressionKind.CONDITION, text)
                    .bind(attributes)
                    .test(item);
            attributes.assertAllUsed();
            return holds ? 1 : 0;
        }

        private static long filter(String text, Item item) {
            Map<String, AttributeValue> values = new LinkedHashMap<>();
            values.put(":low", AttributeValue.number(HandWritten.LOW));
            values.put(":high", AttributeValue.number(HandWritten.MOST));
            values.put(":yes", AttributeValue.Bool.TRUE);
            values.put(":tag", new AttributeValue.S(HandWritten.TAG));
            values.put(":prefix", new AttributeValue.S(HandWritten.PREFIX));
            ExpressionAttributes attributes = ExpressionAttributes.of(null, values);
            boolean holds = ConditionExpression.parse(ExpressionKind.FILTER, text)
                    .bind(attributes)
                    .test(item);
            attributes.assertAllUsed();
            return holds ? 1 : 0;
        }

        private static long update(String text, Item item) {
            ExpressionAttributes attributes = ExpressionAttributes.of(
                    null,
                    Map.of(":one", AttributeValue.number(1), ":city", new AttributeValue.S(HandWritten.NEW_CITY)));
            int size = UpdateExpression.parse(text)
                    .bind(attributes)
                    .apply(item, HandWritten.SCHEMA.keyOf(item))
                    .newItem()
                    .size();
            attributes.assertAllUsed();
            return size;
        }

        private static long keyCondition(String text, Item item) {
            ExpressionAttributes attributes = ExpressionAttributes.of(
                    null,
                    Map.of(":p", item.get(Documents.PARTITION), ":prefix", new AttributeValue.S(HandWritten.PREFIX)));
            boolean matches = KeyConditionExpression.parse(text)
                    .bind(attributes)
                    .forKey(HandWritten.SCHEMA)
                    .matches(item);
            attributes.assertAllUsed();
            return matches ? 1 : 0;
        }

        @Override
        public List<Load> loads() {
            return List.copyOf(tailrace.keySet());
        }

        @Override
        public Map<String, Side> sides() {
            Map<String, Side> sides = new LinkedHashMap<>();
            sides.put(Side.TAILRACE, load -> tailrace.get(load).measure(load));
            sides.put(Side.REFERENCE, load -> byHand.get(load).measure(load));
            return sides;
        }

        @Override
        public List<String> notes() {
            loop.requireSeen();
            return List.of(
                    "Tailrace's side makes the request's placeholders, finds or parses the expression, binds and checks "
                            + "it and carries it out; the reference is Java for that one expression, which has nothing to bind");
        }

        @Override
        public void close() {}
    }

    /** The same questions for a compiler. Both sides are asked about the same items. */
    private static final class HandWritten {
        static final KeySchema SCHEMA = KeySchema.composite(
                new KeyAttribute(Documents.PARTITION, AttributeType.S),
                new KeyAttribute(Documents.SORT, AttributeType.S));
        static final long LOW = 100;
        static final long MOST = 900;
        static final String TAG = "new";
        static final String PREFIX = "order-1";
        static final String NEW_CITY = "Lisbon";

        private final AttributeValue.N low = (AttributeValue.N) AttributeValue.number(LOW);
        private final AttributeValue.N most = (AttributeValue.N) AttributeValue.number(MOST);
        private final AttributeValue.N one = (AttributeValue.N) AttributeValue.number(1);

        boolean condition(Item item) {
            return item.has(Documents.PARTITION)
                    && item.get(Documents.PRICE) instanceof AttributeValue.N price
                    && price.value().compareTo(most.value()) < 0
                    && item.get(Documents.NOTE) instanceof AttributeValue.S note
                    && !note.value().isEmpty();
        }

        boolean filter(Item item) {
            boolean wanted = item.get(Documents.PRICE) instanceof AttributeValue.N price
                            && price.value().compareTo(low.value()) >= 0
                            && price.value().compareTo(most.value()) <= 0
                    || AttributeValue.Bool.TRUE.equals(item.get(Documents.ACTIVE));
            return wanted
                    && item.get(Documents.TAGS) instanceof AttributeValue.SS tags
                    && tags.values().contains(TAG)
                    && item.get(Documents.SORT) instanceof AttributeValue.S sort
                    && sort.value().startsWith(PREFIX);
        }

        Item projection(Item item) {
            AttributeValue.M address = (AttributeValue.M) item.get(Documents.ADDRESS);
            AttributeValue.L history = (AttributeValue.L) item.get(Documents.HISTORY);
            return Item.builder()
                    .set(Documents.PARTITION, item.get(Documents.PARTITION))
                    .set(Documents.SORT, item.get(Documents.SORT))
                    .set(
                            Documents.ADDRESS,
                            new AttributeValue.M(
                                    Map.of(Documents.CITY, address.values().get(Documents.CITY))))
                    .set(
                            Documents.HISTORY,
                            new AttributeValue.L(List.of(
                                    history.values().get(0), history.values().get(3))))
                    .build();
        }

        Item update(Item item) {
            AttributeValue.N price = (AttributeValue.N) item.get(Documents.PRICE);
            Map<String, AttributeValue> address =
                    new LinkedHashMap<>(((AttributeValue.M) item.get(Documents.ADDRESS)).values());
            address.put(Documents.CITY, new AttributeValue.S(NEW_CITY));
            return item.toBuilder()
                    .set(Documents.PRICE, new AttributeValue.N(price.value().plus(one.value())))
                    .set(Documents.ADDRESS, new AttributeValue.M(address))
                    .remove(Documents.NOTE)
                    .set("visits", one)
                    .build();
        }

        /** The request asks for the item's own partition, here as on the other side. */
        boolean keyCondition(Item item) {
            AttributeValue wanted = item.get(Documents.PARTITION);
            return wanted.equals(item.get(Documents.PARTITION))
                    && item.get(Documents.SORT) instanceof AttributeValue.S sort
                    && sort.value().startsWith(PREFIX);
        }
    }
}
