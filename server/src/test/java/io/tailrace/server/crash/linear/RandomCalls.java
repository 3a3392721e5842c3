package io.tailrace.server.crash.linear;

import io.tailrace.server.crash.linear.ItemsModel.Action;
import io.tailrace.server.crash.linear.ItemsModel.Call;
import io.tailrace.server.crash.linear.ItemsModel.Condition;
import io.tailrace.server.crash.linear.ItemsModel.ItemCall;
import io.tailrace.server.crash.linear.ItemsModel.Result;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random calls, whose conditions hold now and then. Belongs to one client. */
final class RandomCalls {
    private static final List<Action> WRITES = List.of(Action.PUT, Action.PUT, Action.INCREMENT, Action.DELETE);

    private final Random random;
    private final int keys;
    private final Long[] lastSeen;
    /** Values of different clients differ. */
    private long nextValue;

    RandomCalls(long seed, int keys, int client) {
        this.random = new Random(seed);
        this.keys = keys;
        this.lastSeen = new Long[keys];
        this.nextValue = 1_000_000L * (client + 1);
    }

    /** One action on one item. */
    Call single() {
        int key = random.nextInt(keys);
        if (random.nextInt(3) == 0) {
            return new Call(List.of(ItemCall.of(key, Action.GET, 0)));
        }
        return new Call(List.of(write(key)));
    }

    /** A transaction, mostly; of reads or of writes. */
    Call together() {
        if (random.nextInt(4) == 0) {
            return single();
        }
        List<Integer> order = new ArrayList<>();
        for (int key = 0; key < keys; key++) {
            order.add(key);
        }
        Collections.shuffle(order, random);
        List<Integer> chosen = order.subList(0, 2 + random.nextInt(keys - 1));
        if (random.nextInt(3) == 0) {
            return new Call(
                    chosen.stream().map(key -> ItemCall.of(key, Action.GET, 0)).toList());
        }
        List<ItemCall> writes = new ArrayList<>();
        for (int key : chosen) {
            boolean check = !writes.isEmpty() && random.nextInt(5) == 0 && lastSeen[key] != null;
            writes.add(check ? ItemCall.of(key, Action.CHECK, 0).when(Condition.EQUALS, lastSeen[key]) : write(key));
        }
        return new Call(writes);
    }

    /** What the client learned. */
    void saw(Call call, Result result) {
        for (int i = 0; i < result.values().size(); i++) {
            ItemCall item = call.items().get(i);
            boolean isNow = item.action() == Action.GET || item.action() == Action.INCREMENT;
            lastSeen[item.key()] =
                    isNow ? result.values().get(i) : item.after(result.values().get(i));
        }
    }

    private ItemCall write(int key) {
        ItemCall call = ItemCall.of(key, WRITES.get(random.nextInt(WRITES.size())), nextValue++);
        return switch (random.nextInt(6)) {
            case 0 -> call.when(Condition.ABSENT, 0);
            case 1, 2 -> lastSeen[key] == null ? call : call.when(Condition.EQUALS, lastSeen[key]);
            default -> call;
        };
    }
}
