package io.tailrace.server.crash.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A few items that have one number each, as the documentation says that they behave. A state is a number or null for each. */
final class ItemsModel implements SequentialModel<List<Long>, ItemsModel.Call, ItemsModel.Result> {
    /** What is done to one item. */
    enum Action {
        GET,
        PUT,
        INCREMENT,
        DELETE,
        /** Only the condition. */
        CHECK
    }

    /** What is asked of the item before. */
    enum Condition {
        NONE,
        ABSENT,
        EQUALS
    }

    /**
     * @param value of {@link Action#PUT}
     * @param expected of {@link Condition#EQUALS}
     */
    record ItemCall(int key, Action action, long value, Condition condition, long expected) {
        static ItemCall of(int key, Action action, long value) {
            return new ItemCall(key, action, value, Condition.NONE, 0);
        }

        ItemCall when(Condition asked, long number) {
            return new ItemCall(key, action, value, asked, number);
        }

        boolean holds(Long before) {
            return switch (condition) {
                case NONE -> true;
                case ABSENT -> before == null;
                case EQUALS -> before != null && before == expected;
            };
        }

        Long after(Long before) {
            return switch (action) {
                case GET, CHECK -> before;
                case PUT -> value;
                case INCREMENT -> before == null ? 1L : before + 1;
                case DELETE -> null;
            };
        }
    }

    /** What is done together: one action, or a transaction of reads or of writes. */
    record Call(List<ItemCall> items) {
        Call {
            items = List.copyOf(items);
        }
    }

    /**
     * What the caller was told.
     *
     * @param refused whether a condition did not hold
     * @param values the items, for each action: before it, and of {@link Action#INCREMENT} after it; null without an item; empty
     *     when that was not told
     */
    record Result(boolean refused, List<Long> values) {
        static final Result REFUSED = new Result(true, List.of());
        static final Result DONE = new Result(false, List.of());

        Result {
            values = Collections.unmodifiableList(new ArrayList<>(values));
        }

        static Result of(Long... values) {
            return new Result(false, Arrays.asList(values));
        }
    }

    private final int keys;

    ItemsModel(int keys) {
        this.keys = keys;
    }

    @Override
    public List<Long> initial() {
        return Collections.nCopies(keys, null);
    }

    @Override
    public Optional<List<Long>> step(List<Long> state, Call call, Result result) {
        boolean holds = call.items().stream().allMatch(item -> item.holds(state.get(item.key())));
        if (result != null && result.refused() == holds) {
            return Optional.empty();
        }
        if (!holds) {
            return Optional.of(state);
        }
        List<Long> next = new ArrayList<>(state);
        for (int i = 0; i < call.items().size(); i++) {
            ItemCall item = call.items().get(i);
            Long before = state.get(item.key());
            Long after = item.after(before);
            next.set(item.key(), after);
            boolean told = result != null && !result.values().isEmpty();
            if (told && !Objects.equals(result.values().get(i), item.action() == Action.INCREMENT ? after : before)) {
                return Optional.empty();
            }
        }
        return Optional.of(next);
    }

    @Override
    public boolean isRead(Call call) {
        return call.items().stream().allMatch(item -> item.action() == Action.GET);
    }
}
