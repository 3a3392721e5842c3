package io.tailrace.server.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.schemas.model.Item;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** One client that writes and reads items at random, one request after the other, through all lives of the server. */
final class Client {
    private static final int MAX_TRANSACTION = 5;

    private final String name;
    private final Random random;
    private final Mix mix;
    private final History history;
    private final ItemValues values;
    private final List<List<Slot>> tables;
    /** What was last seen where, for conditions that hold sometimes. */
    private final Map<Slot, Integer> lastSeen = new HashMap<>();
    /** Sent with a token, and the server ended before it answered. */
    private final Deque<Pending> pending = new ArrayDeque<>();

    private ApiClient api;
    private int life;
    private int transactions;

    private record Pending(String operation, ObjectNode body, Request request) {}

    /** @param tables the slots of each table that the client uses */
    Client(String name, long seed, Mix mix, History history, List<List<Slot>> tables) {
        this.name = name;
        this.random = new Random(seed);
        this.mix = mix;
        this.history = history;
        this.values = new ItemValues(random);
        this.tables = tables;
    }

    /** Works until the connection breaks or it is told to stop. */
    void work(int port, String region, BooleanSupplier stop) {
        life = history.life();
        try (ApiClient connected = new ApiClient(port, region, history.errors())) {
            api = connected;
            while (!pending.isEmpty()) {
                sendAgain(pending.peek());
                pending.remove();
            }
            while (!stop.getAsBoolean()) {
                step();
            }
        } catch (IOException brokenConnection) {
            api = null; // the server's end: the history says what is not known
        }
    }

    private void step() throws IOException {
        if (random.nextInt(100) < mix.batches()) {
            batch();
            return;
        }
        int choice = random.nextInt(88);
        if (choice < 40) {
            single(write(slot(), true));
        } else if (choice < 54) {
            transaction();
        } else if (choice < 60) {
            statement();
        } else if (choice < 66) {
            statements();
        } else if (choice < 76) {
            get();
        } else if (choice < 80) {
            queryLocalIndex();
        } else {
            snapshot();
        }
    }

    private void single(Write write) throws IOException {
        Request request = history.begin(Request.Kind.SINGLE, life, List.of(write));
        ApiClient.Reply reply = send(ItemRequests.operation(write), ItemRequests.single(write), request);
        if (reply.isOk()) {
            history.done(request, List.of(seen(write.slot(), reply.body().get("Attributes"))));
        } else if (reply.isRefusal()) {
            boolean failedCondition = reply.error().equals("ConditionalCheckFailedException");
            request.finish(
                    Request.Outcome.REFUSED,
                    failedCondition ? List.of(seen(write.slot(), reply.body().get("Item"))) : List.of());
        }
    }

    private void batch() throws IOException {
        List<Write> writes = new ArrayList<>();
        for (Slot slot : slots(1 + random.nextInt(mix.batchSize()))) {
            int id = history.nextId();
            Effect effect = random.nextInt(5) == 0 ? new Effect.Delete() : new Effect.Put(values.item(slot, id));
            writes.add(new Write(id, slot, effect, Condition.NONE));
        }
        Request request = history.begin(Request.Kind.BATCH, life, writes);
        ApiClient.Reply reply = send("BatchWriteItem", ItemRequests.batch(writes), request);
        if (reply.isOk() && reply.body().path("UnprocessedItems").isEmpty()) {
            history.done(request, List.of());
        } else if (reply.isRefusal()) {
            request.finish(Request.Outcome.REFUSED, List.of());
        }
    }

    private void transaction() throws IOException {
        List<Write> writes = new ArrayList<>();
        for (Slot slot : slots(2 + random.nextInt(MAX_TRANSACTION - 1))) {
            boolean check = !writes.isEmpty() && random.nextInt(6) == 0;
            // The first carries its id, so that the commit is known by it.
            Write write = check
                    ? new Write(
                            history.nextId(), slot, null, random.nextBoolean() ? Condition.EXISTS : Condition.ABSENT)
                    : write(slot, !writes.isEmpty());
            writes.add(write);
        }
        String token = name + "-" + transactions++;
        send(new Pending(
                "TransactWriteItems",
                ItemRequests.transaction(writes, token),
                history.begin(Request.Kind.TRANSACTION, life, writes)));
    }

    private void statement() throws IOException {
        Slot slot = slot();
        Write write = statementWrite(slot, true);
        Request request = history.begin(Request.Kind.SINGLE, life, List.of(write));
        ApiClient.Reply reply = send("ExecuteStatement", ItemRequests.statement(write), request);
        if (reply.isOk()) {
            boolean shows = !(write.effect() instanceof Effect.Put);
            history.done(
                    request,
                    shows ? List.of(seen(slot, reply.body().path("Items").get(0))) : List.of(Seen.of(slot, null)));
        } else if (reply.isRefusal()) {
            request.finish(Request.Outcome.REFUSED, List.of());
        }
    }

    private void statements() throws IOException {
        List<Write> writes = new ArrayList<>();
        for (Slot slot : slots(2 + random.nextInt(2))) {
            writes.add(statementWrite(slot, !writes.isEmpty()));
        }
        String token = name + "-" + transactions++;
        send(new Pending(
                "ExecuteTransaction",
                ItemRequests.statements(writes, token),
                history.begin(Request.Kind.TRANSACTION, life, writes)));
    }

    private void get() throws IOException {
        Slot slot = slot();
        Request request = history.begin(Request.Kind.READ, life, List.of());
        ApiClient.Reply reply = api.call("GetItem", ItemRequests.get(slot));
        if (reply.isOk()) {
            request.finish(Request.Outcome.DONE, List.of(seen(slot, reply.body().get("Item"))));
        }
    }

    private void queryLocalIndex() throws IOException {
        Slot slot = slot();
        if (!"ALL".equals(slot.table().localIndex())) {
            return;
        }
        Request request = history.begin(Request.Kind.READ, life, List.of());
        ApiClient.Reply reply = api.call("Query", ItemRequests.localIndexQuery(slot));
        if (reply.isOk()) {
            List<Seen> items = new ArrayList<>();
            for (JsonNode item : reply.body().get("Items")) {
                items.add(seen(slot.table(), Json.item(item)));
            }
            request.finish(Request.Outcome.DONE, items);
        }
    }

    private void snapshot() throws IOException {
        List<Slot> wanted = slots(2 + random.nextInt(3));
        Request request = history.begin(Request.Kind.SNAPSHOT, life, List.of());
        ApiClient.Reply reply = api.call("TransactGetItems", ItemRequests.snapshot(wanted));
        if (reply.isOk()) {
            List<Seen> items = new ArrayList<>();
            for (int i = 0; i < wanted.size(); i++) {
                items.add(
                        seen(wanted.get(i), reply.body().get("Responses").get(i).get("Item")));
            }
            request.finish(Request.Outcome.DONE, items);
        }
    }

    /** A transaction, which stays pending until there is an answer. */
    private void send(Pending sent) throws IOException {
        pending.add(sent);
        finish(sent, send(sent.operation(), sent.body(), sent.request()));
        pending.remove(sent);
    }

    private void sendAgain(Pending sent) throws IOException {
        if (sent.request().outcome() == Request.Outcome.UNDECIDED) {
            sent.request().sentAgain(life);
            finish(sent, api.call(sent.operation(), sent.body()));
        }
    }

    private void finish(Pending sent, ApiClient.Reply reply) {
        if (reply.isOk()) {
            history.done(sent.request(), List.of());
        } else if (reply.isRefusal()) {
            sent.request().finish(Request.Outcome.REFUSED, List.of());
        }
    }

    private ApiClient.Reply send(String operation, ObjectNode body, Request request) throws IOException {
        try {
            return api.call(operation, body);
        } catch (ApiClient.NotSentException never) {
            request.finish(Request.Outcome.REFUSED, List.of());
            throw never;
        }
    }

    /** @param mayDelete or check nothing but a condition */
    private Write write(Slot slot, boolean mayDelete) {
        int id = history.nextId();
        Effect effect = switch (random.nextInt(mayDelete ? 10 : 8)) {
            case 0, 1, 2, 3 -> new Effect.Put(values.item(slot, id));
            case 4, 5, 6, 7 -> values.update(id);
            default -> new Effect.Delete();
        };
        return new Write(id, slot, effect, condition(slot));
    }

    private Condition condition(Slot slot) {
        return switch (random.nextInt(8)) {
            case 0 -> Condition.EXISTS;
            case 1 -> Condition.ABSENT;
            case 2 -> Condition.same(lastSeen.getOrDefault(slot, 1));
            default -> Condition.NONE;
        };
    }

    /** What statements can say: INSERT asks for no item, UPDATE for one. */
    private Write statementWrite(Slot slot, boolean mayDelete) {
        int id = history.nextId();
        return switch (random.nextInt(mayDelete ? 3 : 2)) {
            case 0 -> new Write(id, slot, new Effect.Put(values.item(slot, id)), Condition.ABSENT);
            case 1 -> new Write(id, slot, values.plainUpdate(id), Condition.EXISTS);
            default -> new Write(id, slot, new Effect.Delete(), Condition.NONE);
        };
    }

    private Slot slot() {
        List<Slot> table = tables.get(random.nextInt(tables.size()));
        return table.get(random.nextInt(table.size()));
    }

    private List<Slot> slots(int count) {
        Set<Slot> chosen = new LinkedHashSet<>();
        for (int i = 0; i < count; i++) {
            chosen.add(slot());
        }
        return List.copyOf(chosen);
    }

    private Seen seen(Slot slot, JsonNode member) {
        Seen seen = Seen.of(slot, Json.item(member));
        lastSeen.put(slot, seen.id());
        return seen;
    }

    private Seen seen(TableSpec table, Item item) {
        Item key = item.project(table.sorted() ? List.of("pk", "sk") : List.of("pk"));
        return seen(history.slot(table.name(), key).orElseThrow(), Json.of(item));
    }
}
