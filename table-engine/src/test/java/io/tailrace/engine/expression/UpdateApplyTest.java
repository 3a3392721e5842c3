package io.tailrace.engine.expression;

import static io.tailrace.engine.expression.Cases.b;
import static io.tailrace.engine.expression.Cases.bs;
import static io.tailrace.engine.expression.Cases.item;
import static io.tailrace.engine.expression.Cases.list;
import static io.tailrace.engine.expression.Cases.map;
import static io.tailrace.engine.expression.Cases.n;
import static io.tailrace.engine.expression.Cases.ns;
import static io.tailrace.engine.expression.Cases.s;
import static io.tailrace.engine.expression.Cases.ss;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves what updates make of items: each clause and function, lists, nested paths, numbers and refusals. */
class UpdateApplyTest {
    private static final String INVALID_PATH =
            "The document path provided in the update expression is invalid for update";
    private static final String INCORRECT_TYPE = "An operand in the update expression has an incorrect data type";
    private static final String NO_ATTRIBUTE =
            "The provided expression refers to an attribute that does not exist in the item";

    private static final Item KEY = item("p", s("k"));
    private static final Map<String, AttributeValue> VALUES = Map.ofEntries(
            Map.entry(":a", n(1)),
            Map.entry(":b", n(2)),
            Map.entry(":x", s("x")),
            Map.entry(":l", list(n(9))),
            Map.entry(":ss", ss("a", "z")),
            Map.entry(":all", ss("a", "b")),
            Map.entry(":ns", ns("1.0", "3")),
            Map.entry(":bs", bs(b(1), b(2))));

    private static UpdateResult update(Item before, String text) {
        BoundUpdate update = UpdateExpression.parse(text).bind(Cases.used(Map.of("#d", "a.b"), VALUES, text));
        return update.apply(before, KEY);
    }

    /** What becomes of the attribute a, or null. */
    private static AttributeValue a(AttributeValue before, String text) {
        Item item = before == null ? KEY : KEY.with("a", before);
        return update(item, text).newItem().get("a");
    }

    @Test
    void setPutsAndReplaces() {
        assertThat(a(null, "SET a = :a")).isEqualTo(n(1));
        assertThat(a(s("old"), "SET a = :l")).isEqualTo(list(n(9)));
        assertThat(a(map("k", n(1)), "SET a.k = :b, a.z = :x")).isEqualTo(map("k", n(2), "z", s("x")));
        assertThat(update(KEY, "SET #d = :a").newItem()).isEqualTo(KEY.with("a.b", n(1)));
    }

    @Test
    void theRightSideIsTheItemAsItWas() {
        Item swapped = update(item("x", n(1), "y", n(2)), "SET x = y, y = x").newItem();
        assertThat(swapped).isEqualTo(item("x", n(2), "y", n(1)));
        assertThat(update(item("x", n(1)), "SET y = x REMOVE x").newItem()).isEqualTo(item("y", n(1)));
        assertThat(a(list(n(0), n(1), n(2)), "SET a[0] = a[2], a[2] = a[0]")).isEqualTo(list(n(2), n(1), n(0)));
        assertThat(update(item("x", n(1)), "ADD x :b SET y = x + x").newItem()).isEqualTo(item("x", n(3), "y", n(2)));
    }

    @Test
    void positionsBeyondTheEndAppendInTheirOrder() {
        AttributeValue three = list(n(0), n(1), n(2));
        assertThat(a(three, "SET a[7] = :x")).isEqualTo(list(n(0), n(1), n(2), s("x")));
        assertThat(a(three, "SET a[9] = :a, a[5] = :b")).isEqualTo(list(n(0), n(1), n(2), n(2), n(1)));
        assertThat(a(list(), "SET a[0] = :x")).isEqualTo(list(s("x")));
    }

    @Test
    void removalsMeanThePositionsAsTheyWere() {
        AttributeValue five = list(n(0), n(1), n(2), n(3), n(4));
        assertThat(a(five, "REMOVE a[0], a[2]")).isEqualTo(list(n(1), n(3), n(4)));
        assertThat(a(five, "REMOVE a[1] SET a[3] = :x")).isEqualTo(list(n(0), n(2), s("x"), n(4)));
        assertThat(a(five, "SET a[3] = :x REMOVE a[1]")).isEqualTo(list(n(0), n(2), s("x"), n(4)));
        assertThat(a(five, "REMOVE a[0] SET a[9] = :x")).isEqualTo(list(n(1), n(2), n(3), n(4), s("x")));
        assertThat(a(five, "REMOVE a[17]")).isEqualTo(five);
        assertThat(a(list(n(0)), "REMOVE a[0]")).isEqualTo(list());
    }

    @Test
    void removeTakesAwayWhatIsThere() {
        assertThat(a(n(1), "REMOVE a")).isNull();
        assertThat(a(null, "REMOVE a")).isNull();
        assertThat(a(map("k", n(1)), "REMOVE a.k")).isEqualTo(map());
        assertThat(a(map("k", n(1)), "REMOVE a.z")).isEqualTo(map("k", n(1)));
        assertThat(a(list(map("k", list(n(1), n(2)))), "REMOVE a[0].k[0]")).isEqualTo(list(map("k", list(n(2)))));
    }

    @Test
    void addAddsNumbersAndElements() {
        assertThat(a(n("1.5"), "ADD a :b")).isEqualTo(n("3.5"));
        assertThat(a(null, "ADD a :b")).isEqualTo(n(2));
        assertThat(a(ss("b"), "ADD a :ss")).isEqualTo(ss("a", "b", "z"));
        assertThat(a(ns("1", "2"), "ADD a :ns")).isEqualTo(ns("1", "2", "3"));
        assertThat(a(bs(b(1)), "ADD a :bs")).isEqualTo(bs(b(1), b(2)));
        assertThat(a(null, "ADD a :ss")).isEqualTo(ss("a", "z"));
        assertThat(a(map("k", n(1)), "ADD a.k :a, a.z :b")).isEqualTo(map("k", n(2), "z", n(2)));
        assertThat(a(list(n(1)), "ADD a[0] :a, a[5] :b")).isEqualTo(list(n(2), n(2)));
    }

    @Test
    void deleteTakesElementsAndTheEmptiedSet() {
        assertThat(a(ss("a", "b"), "DELETE a :ss")).isEqualTo(ss("b"));
        assertThat(a(ss("a", "b"), "DELETE a :all")).isNull();
        assertThat(a(ns("1", "2"), "DELETE a :ns")).isEqualTo(ns("2"));
        assertThat(a(bs(b(1), b(3)), "DELETE a :bs")).isEqualTo(bs(b(3)));
        assertThat(a(null, "DELETE a :ss")).isNull();
        assertThat(a(map("s", ss("a"), "k", n(1)), "DELETE a.s :all")).isEqualTo(map("k", n(1)));
        assertThat(a(list(n(1)), "DELETE a[4] :ss")).isEqualTo(list(n(1)));
    }

    @Test
    void ifNotExistsTakesWhatIsThere() {
        assertThat(a(n(5), "SET a = if_not_exists(a, :a)")).isEqualTo(n(5));
        assertThat(a(null, "SET a = if_not_exists(a, :a)")).isEqualTo(n(1));
        assertThat(a(null, "SET a = if_not_exists(a, :a) + :b")).isEqualTo(n(3));
        assertThat(a(null, "SET a = if_not_exists(x.y[0], if_not_exists(z, :x))"))
                .isEqualTo(s("x"));
        assertThat(a(null, "SET a = if_not_exists(p, :a)")).isEqualTo(s("k"));
        assertRefused(KEY.with("a", n(1)), "SET b = if_not_exists(a, absent)", NO_ATTRIBUTE);
    }

    @Test
    void listAppendJoinsLists() {
        assertThat(a(list(n(1)), "SET a = list_append(a, :l)")).isEqualTo(list(n(1), n(9)));
        assertThat(a(list(n(1)), "SET a = list_append(:l, a)")).isEqualTo(list(n(9), n(1)));
        assertThat(a(list(n(1)), "SET a = list_append(a, a)")).isEqualTo(list(n(1), n(1)));
        assertThat(a(null, "SET a = list_append(if_not_exists(a, :l), :l)")).isEqualTo(list(n(9), n(9)));
        assertRefused(KEY.with("a", n(1)), "SET a = list_append(a, :l)", INCORRECT_TYPE);
        assertRefused(KEY, "SET a = list_append(a, :l)", NO_ATTRIBUTE);
    }

    @Test
    void arithmeticNeedsNumbers() {
        assertThat(a(n(5), "SET a = a - :b")).isEqualTo(n(3));
        assertThat(a(n(5), "SET a = :b - a")).isEqualTo(n(-3));
        assertRefused(KEY.with("a", s("5")), "SET a = a + :a", INCORRECT_TYPE);
        assertRefused(KEY, "SET a = a + :a", NO_ATTRIBUTE);
        assertRefused(KEY.with("a", s("5")), "ADD a :a", INCORRECT_TYPE);
        assertRefused(KEY.with("a", n(5)), "ADD a :ss", INCORRECT_TYPE);
        assertRefused(KEY.with("a", ns("5")), "ADD a :ss", INCORRECT_TYPE);
        assertRefused(KEY.with("a", n(5)), "DELETE a :ss", INCORRECT_TYPE);
    }

    @Test
    void resultsOutOfRangeOrPrecisionAreRefused() {
        String overflow = "Number overflow. Attempting to store a number with magnitude larger than supported range";
        String underflow = "Number underflow. Attempting to store a number with magnitude smaller than supported range";
        String precision = "Attempting to store more than 38 significant digits in a Number";
        assertRefused(item("x", n("9.9e125"), "y", n("9.9e125")), "SET z = x + y", overflow);
        assertRefused(item("x", n("-9.9e125"), "y", n("9.9e125")), "SET z = x - y", overflow);
        assertRefused(item("x", n("1.1e-130"), "y", n("1e-130")), "SET z = x - y", underflow);
        assertRefused(item("x", n("1e40"), "y", n("1")), "SET z = x + y", precision);
        assertRefused(item("a", n("1e38")), "ADD a :a", precision);
        assertThat(a(n("99999999999999999999999999999999999999"), "ADD a :a")).isEqualTo(n("1e38"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET x.y = :a",
                "SET x[0] = :a",
                "SET n.x = :a",
                "SET n[0] = :a",
                "SET l.x = :a",
                "SET m[0] = :a",
                "SET m.q.r = :a",
                "SET l[0].x = :a",
                "SET l[5].x = :a",
                "REMOVE x.y",
                "REMOVE x[0]",
                "REMOVE n.x",
                "REMOVE l.x",
                "REMOVE m[0]",
                "REMOVE m.q.r",
                "ADD x.y :a",
                "ADD m.q.r :a",
                "DELETE x.y :ss",
                "SET x.y = absent"
            })
    void pathsThatDoNotFitTheItemAreRefused(String text) {
        assertRefused(item("n", n(1), "l", list(n(1)), "m", map("k", n(1))), text, INVALID_PATH);
    }

    @Test
    void aNewItemBeginsWithItsKey() {
        UpdateResult result = update(null, "SET a = :a");
        assertThat(result.newItem()).isEqualTo(KEY.with("a", n(1)));
        assertThat(result.storesItem()).isTrue();
        assertThat(result.updatedOld()).isEqualTo(Item.EMPTY);
        assertThat(update(null, "SET a = p").newItem()).isEqualTo(KEY.with("a", s("k")));
        assertThatThrownBy(() -> update(null, "SET x.y = :a")).hasMessage(INVALID_PATH);
    }

    @Test
    void removalsAloneMakeNoItem() {
        assertThat(update(null, "REMOVE a").storesItem()).isFalse();
        assertThat(update(null, "REMOVE x.y").storesItem()).isFalse();
        assertThat(update(null, "REMOVE x[0]").storesItem()).isFalse();
        assertThat(update(null, "DELETE a :ss").storesItem()).isFalse();
        assertThat(update(null, "REMOVE a SET b = :a").storesItem()).isTrue();
        assertThat(update(KEY, "REMOVE a").storesItem()).isTrue();
    }

    @Test
    void updatedOldAndNewAreTheUpdatedPathsOnly() {
        Item before = item("p", s("k"), "a", map("b", s("dog"), "c", list(n(1), n(2), n(3))), "d", s("cat"));
        UpdateResult nested = update(before, "SET a.c[1] = :x, a.b = :x, a.fresh = :a");
        assertThat(nested.updatedOld()).isEqualTo(item("a", map("b", s("dog"), "c", list(n(2)))));
        assertThat(nested.updatedNew()).isEqualTo(item("a", map("b", s("x"), "c", list(s("x")), "fresh", n(1))));

        UpdateResult removed = update(before, "REMOVE d, absent");
        assertThat(removed.updatedOld()).isEqualTo(item("d", s("cat")));
        assertThat(removed.updatedNew()).isEqualTo(Item.EMPTY);

        UpdateResult same = update(before, "SET d = d");
        assertThat(same.updatedOld()).isEqualTo(item("d", s("cat")));
        assertThat(same.updatedNew()).isEqualTo(item("d", s("cat")));
    }

    @Test
    void updatedNewTakesListPositionsAsWritten() {
        Item before = item("a", list(n(1), n(2), n(3)));
        assertThat(update(before, "SET a[100] = :x").updatedNew()).isEqualTo(Item.EMPTY);
        assertThat(update(before, "REMOVE a[1]").updatedNew()).isEqualTo(item("a", list(n(3))));
        assertThat(update(before, "REMOVE a[1], a[3]").updatedOld()).isEqualTo(item("a", list(n(2))));
    }

    private static void assertRefused(Item before, String text, String message) {
        assertThatThrownBy(() -> update(before, text))
                .isInstanceOf(ExpressionException.class)
                .hasMessage(message);
    }
}
