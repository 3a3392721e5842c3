package io.tailrace.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Proves updates of lists, of maps and of both against naive models, and that the order of actions does not matter. */
class UpdateOraclePropertyTest {
    private static final Item KEY = Item.builder().set("p", "k").build();

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void listsAgreeWithTheModel(
            @ForAll @IntRange(max = 6) int size, @ForAll("positions") Map<Integer, Boolean> setOrRemove) {
        List<AttributeValue> before = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            before.add(Cases.n(i));
        }
        Assume.that(!setOrRemove.isEmpty());
        List<UpdateAction> actions = new ArrayList<>();
        setOrRemove.forEach((position, set) -> actions.add(action("a", position, set)));
        Item item = KEY.with("a", new AttributeValue.L(before));

        Item after = BoundUpdate.of(actions).apply(item, KEY).newItem();

        // Elements carry their positions; what is set at a position is ten times that and one.
        TreeMap<Integer, AttributeValue> model = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            model.put(i, before.get(i));
        }
        setOrRemove.forEach((position, set) -> {
            if (set) {
                model.put(position, Cases.n(position * 10L + 1));
            } else {
                model.remove(position);
            }
        });
        assertThat(after.get("a")).isEqualTo(new AttributeValue.L(List.copyOf(model.values())));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void attributesAgreeWithTheModel(
            @ForAll("items") Item before, @ForAll("assignments") Map<String, AttributeValue> assignments) {
        Assume.that(!assignments.isEmpty());
        List<UpdateAction> actions = new ArrayList<>();
        Map<String, AttributeValue> model = new LinkedHashMap<>(before.attributes());
        assignments.forEach((name, value) -> {
            // A null value stands for a removal.
            if (value.equals(Cases.NULL)) {
                actions.add(new UpdateAction.Remove(Path.of(name)));
                model.remove(name);
            } else {
                actions.add(new UpdateAction.Set(Path.of(name), new Operand.Constant(value)));
                model.put(name, value);
            }
        });
        UpdateResult result = BoundUpdate.of(actions).apply(before, KEY);
        assertThat(result.newItem()).isEqualTo(Item.copyOf(model));
        assertThat(result.updatedOld()).isEqualTo(before.project(assignments.keySet()));
        assertThat(result.updatedNew()).isEqualTo(result.newItem().project(assignments.keySet()));
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void theOrderOfActionsDoesNotMatter(
            @ForAll("items") Item before, @ForAll("actions") List<UpdateAction> actions, @ForAll Random random) {
        Assume.that(!collide(actions));
        List<UpdateAction> shuffled = new ArrayList<>(actions);
        Collections.shuffle(shuffled, random);
        assertThat(outcome(shuffled, before)).isEqualTo(outcome(actions, before));
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void whatIsOutsideTheUpdatedPathsStays(
            @ForAll("items") Item before, @ForAll("actions") List<UpdateAction> actions) {
        Assume.that(!collide(actions));
        Set<String> touched = BoundProjection.of(
                        actions.stream().map(UpdateAction::path).toList())
                .topLevelNames();
        if (outcome(actions, before) instanceof Item after) {
            for (String name : before.names()) {
                if (!touched.contains(name)) {
                    assertThat(after.get(name)).isEqualTo(before.get(name));
                }
            }
            assertThat(touched).containsAll(difference(after.names(), before.names()));
        }
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void aSetValueIsFoundAgain(@ForAll("items") Item before, @ForAll("paths") Path path) {
        UpdateAction set = new UpdateAction.Set(path, new Operand.Constant(Cases.s("found")));
        if (outcome(List.of(set), before) instanceof Item after && path.in(before) != null) {
            assertThat(path.in(after)).isEqualTo(Cases.s("found"));
        }
    }

    /** The new item, or the refusal's message without what may depend on the order: which action was looked at first. */
    private static Object outcome(List<UpdateAction> actions, Item before) {
        try {
            return BoundUpdate.of(actions).apply(before, KEY).newItem();
        } catch (ExpressionException refused) {
            return "refused";
        }
    }

    private static boolean collide(List<UpdateAction> actions) {
        try {
            PathConflicts.check(
                    ExpressionKind.UPDATE,
                    actions.stream().map(UpdateAction::path).toList());
            return false;
        } catch (ExpressionException collision) {
            return true;
        }
    }

    private static Set<String> difference(Set<String> all, Set<String> known) {
        Set<String> unknown = new LinkedHashSet<>(all);
        unknown.removeAll(known);
        return unknown;
    }

    private static UpdateAction action(String name, int position, boolean set) {
        Path path = new Path(List.of(new PathElement.Name(name), new PathElement.Index(position)));
        return set
                ? new UpdateAction.Set(path, new Operand.Constant(Cases.n(position * 10L + 1)))
                : new UpdateAction.Remove(path);
    }

    @Provide
    Arbitrary<Map<Integer, Boolean>> positions() {
        return Arbitraries.maps(Arbitraries.integers().between(0, 9), Arbitraries.of(true, false))
                .ofMaxSize(5);
    }

    @Provide
    Arbitrary<Item> items() {
        return Arbitrarily.item();
    }

    @Provide
    Arbitrary<Path> paths() {
        return Arbitrarily.boundPath();
    }

    @Provide
    Arbitrary<Map<String, AttributeValue>> assignments() {
        return Arbitraries.maps(Arbitrarily.name(), Arbitrarily.value()).ofMaxSize(4);
    }

    @Provide
    Arbitrary<List<UpdateAction>> actions() {
        Arbitrary<Operand> number = Arbitraries.of("1", "-2", "0.5").map(text -> new Operand.Constant(Cases.n(text)));
        Arbitrary<Operand> set = Arbitraries.of(Cases.ss("x"), Cases.ns("1"), Cases.ss("y", "xy"))
                .map(Operand.Constant::new);
        Arbitrary<Operand> any = Arbitrarily.value().map(Operand.Constant::new);
        Arbitrary<Path> path = Arbitrarily.boundPath();
        Arbitrary<SetValue> value = Arbitraries.oneOf(any.map(SetValue.class::cast), path.map(SetValue.class::cast));
        Arbitrary<UpdateAction> action = Arbitraries.oneOf(
                Combinators.combine(path, value).as(UpdateAction.Set::new),
                path.map(UpdateAction.Remove::new),
                Combinators.combine(path, Arbitraries.oneOf(number, set)).as(UpdateAction.Add::new),
                Combinators.combine(path, set).as(UpdateAction.Delete::new));
        return action.list().ofMinSize(1).ofMaxSize(3);
    }
}
