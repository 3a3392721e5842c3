package io.tailrace.server.crash.linear;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.server.crash.linear.ItemsModel.Action;
import io.tailrace.server.crash.linear.ItemsModel.Call;
import io.tailrace.server.crash.linear.ItemsModel.Condition;
import io.tailrace.server.crash.linear.ItemsModel.ItemCall;
import io.tailrace.server.crash.linear.ItemsModel.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The checker accepts histories that some order explains and no others: by hand, and beside a search through all orders. */
class LinearizabilityCheckerTest {
    private static final long NEVER = Long.MAX_VALUE;

    private final List<Operation<Call, Result>> history = new ArrayList<>();

    private static ItemCall item(int key, Action action) {
        return ItemCall.of(key, action, 0);
    }

    private static ItemCall put(int key, long value) {
        return ItemCall.of(key, Action.PUT, value);
    }

    /** An operation on its own items, from a time to another. */
    private LinearizabilityCheckerTest at(long from, long to, Result result, ItemCall... items) {
        history.add(new Operation<>("c" + history.size(), new Call(List.of(items)), result, from, to));
        return this;
    }

    private boolean accepted() {
        return new LinearizabilityChecker<>(new ItemsModel(2)).isLinearizable(history);
    }

    @Test
    void oneAfterTheOther() {
        at(1, 2, Result.of((Long) null), item(0, Action.GET));
        at(3, 4, Result.DONE, put(0, 7));
        at(5, 6, Result.of(7L), item(0, Action.GET));
        at(7, 8, Result.of(8L), item(0, Action.INCREMENT));
        at(9, 10, Result.of(8L), item(0, Action.DELETE));
        at(11, 12, Result.of((Long) null), item(0, Action.GET));
        assertThat(accepted()).isTrue();
    }

    @Test
    void aReadMustNotShowWhatWasReplacedBefore() {
        at(1, 2, Result.DONE, put(0, 1)).at(3, 4, Result.DONE, put(0, 2));
        at(5, 6, Result.of(1L), item(0, Action.GET));
        assertThat(accepted()).isFalse();
    }

    @Test
    void whatOverlapsMayHaveAnyOrderButOneOrder() {
        at(1, 10, Result.DONE, put(0, 1)).at(1, 10, Result.DONE, put(0, 2));
        at(11, 12, Result.of(1L), item(0, Action.GET));
        assertThat(accepted()).isTrue();
        at(13, 14, Result.of(2L), item(0, Action.GET));
        assertThat(accepted()).isFalse();
    }

    @Test
    void aReadMustNotGoBack() {
        at(1, 2, Result.DONE, put(0, 1)).at(3, 20, Result.DONE, put(0, 2));
        at(4, 5, Result.of(2L), item(0, Action.GET));
        assertThat(accepted()).isTrue();
        at(6, 7, Result.of(1L), item(0, Action.GET));
        assertThat(accepted()).isFalse();
    }

    @Test
    void anIncrementMustNotBeLost() {
        at(1, 10, Result.of(1L), item(0, Action.INCREMENT)).at(1, 10, Result.of(2L), item(0, Action.INCREMENT));
        assertThat(accepted()).isTrue();
        history.clear();
        at(1, 10, Result.of(1L), item(0, Action.INCREMENT)).at(1, 10, Result.of(1L), item(0, Action.INCREMENT));
        assertThat(accepted()).isFalse();
    }

    @Test
    void oneOfTwoConditionalWritesWins() {
        ItemCall first = put(0, 1).when(Condition.ABSENT, 0);
        ItemCall second = put(0, 2).when(Condition.ABSENT, 0);
        at(1, 10, Result.DONE, first).at(1, 10, Result.REFUSED, second);
        assertThat(accepted()).isTrue();
        history.clear();
        at(1, 10, Result.DONE, first).at(1, 10, Result.DONE, second);
        assertThat(accepted()).isFalse();
        history.clear();
        at(1, 10, Result.REFUSED, first).at(1, 10, Result.REFUSED, second);
        assertThat(accepted()).isFalse();
    }

    @Test
    void whatWasNotAnsweredMayHaveHappenedOrNot() {
        at(1, 2, Result.DONE, put(0, 1)).at(3, NEVER, null, put(0, 2));
        at(5, 6, Result.of(1L), item(0, Action.GET)).at(50, 51, Result.of(2L), item(0, Action.GET));
        assertThat(accepted()).isTrue();
        at(60, 61, Result.of(1L), item(0, Action.GET));
        assertThat(accepted()).isFalse();
    }

    @Test
    void whatWasNotAnsweredDoesNotHappenAfterTheProcessHasEnded() {
        at(1, 2, Result.DONE, put(0, 1)).at(3, 10, null, put(0, 2));
        at(11, 12, Result.of(1L), item(0, Action.GET));
        assertThat(accepted()).isTrue();
        at(13, 14, Result.of(2L), item(0, Action.GET));
        assertThat(accepted()).isFalse();
    }

    @Test
    void aReadMustNotShowWhatACrashTakesBack() {
        at(1, 2, Result.DONE, put(0, 1)).at(3, 10, null, put(0, 2));
        at(4, 5, Result.of(2L), item(0, Action.GET)).at(11, 12, Result.of(1L), item(0, Action.GET));
        assertThat(accepted()).isFalse();
    }

    @Test
    void aTransactionIsSeenAsAWhole() {
        at(1, 20, Result.DONE, put(0, 1), put(1, 1));
        at(2, 3, Result.of(null, null), item(0, Action.GET), item(1, Action.GET));
        at(4, 5, Result.of(1L, 1L), item(0, Action.GET), item(1, Action.GET));
        assertThat(accepted()).isTrue();
        history.clear();
        at(1, 20, Result.DONE, put(0, 1), put(1, 1));
        at(2, 3, Result.of(1L, null), item(0, Action.GET), item(1, Action.GET));
        assertThat(accepted()).isFalse();
    }

    @Test
    void halfATransactionAfterACrashIsFound() {
        at(1, 10, null, put(0, 1), put(1, 1));
        at(11, 12, Result.of(1L), item(0, Action.GET)).at(13, 14, Result.of((Long) null), item(1, Action.GET));
        assertThat(accepted()).isFalse();
    }

    @Test
    void aTransactionIsRefusedForAReason() {
        ItemCall check = item(1, Action.CHECK).when(Condition.EQUALS, 5);
        at(1, 2, Result.REFUSED, put(0, 1), check).at(3, 4, Result.of((Long) null), item(0, Action.GET));
        assertThat(accepted()).isTrue();
        at(5, 6, Result.DONE, put(1, 5)).at(7, 8, Result.REFUSED, put(0, 1), check);
        assertThat(accepted()).isFalse();
    }

    @Test
    void whatIsPrintedIsThePartThatMatters() {
        at(1, 2, Result.DONE, put(0, 1)).at(3, 4, Result.of(1L), item(0, Action.GET));
        at(5, 6, Result.DONE, put(0, 2)).at(7, 8, Result.of(1L), item(0, Action.GET));
        at(9, 10, Result.DONE, put(0, 3)).at(11, 12, Result.of(3L), item(0, Action.GET));
        List<Operation<Call, Result>> part = new LinearizabilityChecker<>(new ItemsModel(1)).minimize(history);
        assertThat(part).containsExactly(history.get(0), history.get(2), history.get(3));
    }

    /** Small histories, most of them wrong, beside a search through all orders. */
    @Test
    void agreesWithTheSearchThroughAllOrders() {
        int linearizable = 0;
        int not = 0;
        for (int seed = 0; seed < 4_000; seed++) {
            history.clear();
            fill(new Random(seed));
            boolean expected = anyOrder(new ArrayList<>(history), new ItemsModel(2).initial());
            assertThat(accepted()).as("seed %d: %s", seed, history).isEqualTo(expected);
            linearizable += expected ? 1 : 0;
            not += expected ? 0 : 1;
        }
        assertThat(linearizable).isGreaterThan(200);
        assertThat(not).isGreaterThan(200);
    }

    /** Six operations with results that are guessed, or taken from an execution one after the other in another order. */
    private void fill(Random random) {
        List<Long> state = new ItemsModel(2).initial();
        for (int i = 0; i < 6; i++) {
            ItemCall call = new ItemCall(
                    random.nextInt(2),
                    Action.values()[random.nextInt(4)],
                    i,
                    random.nextInt(4) == 0 ? Condition.ABSENT : Condition.NONE,
                    0);
            long from = random.nextInt(12);
            long to = from + 1 + random.nextInt(12);
            Result result = null;
            if (random.nextInt(5) > 0) {
                Long before = state.get(call.key());
                Long told = call.action() == Action.INCREMENT ? call.after(before) : before;
                result = call.holds(before) ? Result.of(told) : Result.REFUSED;
                state = new ItemsModel(2)
                        .step(state, new Call(List.of(call)), null)
                        .orElseThrow();
            }
            at(from, result == null && random.nextBoolean() ? NEVER : to, result, call);
        }
    }

    private static boolean anyOrder(List<Operation<Call, Result>> rest, List<Long> state) {
        if (rest.stream().noneMatch(Operation::isCertain)) {
            return true;
        }
        for (Operation<Call, Result> first : rest) {
            boolean mayBeFirst = rest.stream().allMatch(other -> other.ended() >= first.began());
            List<Operation<Call, Result>> others = new ArrayList<>(rest);
            others.remove(first);
            Optional<List<Long>> next = new ItemsModel(2).step(state, first.call(), first.result());
            if (mayBeFirst && next.isPresent() && anyOrder(others, next.get())) {
                return true;
            }
            if (!first.isCertain() && anyOrder(others, state)) {
                return true;
            }
        }
        return false;
    }
}
