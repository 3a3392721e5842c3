package io.tailrace.server.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.schemas.model.Change.CatalogChange.Action;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.stream.StreamFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * One client that changes tables: tags, streams, time to live and an index of one that others write to meanwhile, and tables
 * of its own that it creates, fills and deletes.
 */
final class TableChanger {
    /** The attribute of time to live. */
    static final String EXPIRY = "exp";

    private static final String TAG = "crash";
    private static final int MAX_OWN_TABLES = 4;
    private static final List<String> VIEWS = List.of("KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES");

    private final Random random;
    private final History history;
    private final TableSpec changed;
    private final long pauseNanos;
    private final List<List<Slot>> ownTables = new ArrayList<>();

    private ApiClient api;
    private int created;

    /** @param changed the table that is changed and never deleted */
    TableChanger(long seed, History history, TableSpec changed, long pauseNanos) {
        this.random = new Random(seed);
        this.history = history;
        this.changed = changed;
        this.pauseNanos = pauseNanos;
    }

    /** Works until the connection breaks or it is told to stop. */
    void work(int port, String region, BooleanSupplier stop) {
        try (ApiClient connected = new ApiClient(port, region, history.errors())) {
            api = connected;
            while (!stop.getAsBoolean()) {
                step();
                LockSupport.parkNanos(pauseNanos);
            }
        } catch (IOException brokenConnection) {
            api = null; // the server's end
        }
    }

    private void step() throws IOException {
        switch (random.nextInt(7)) {
            case 0 -> tag();
            case 1 -> switchStream();
            case 2 -> switchTimeToLive();
            case 3 -> switchIndex();
            case 4 -> deleteOwn();
            default -> createOwn();
        }
        if (!ownTables.isEmpty()) {
            writeToOwn(ownTables.get(random.nextInt(ownTables.size())));
        }
    }

    private void tag() throws IOException {
        JsonNode arn = describe().path("TableArn");
        if (arn.isMissingNode()) {
            return;
        }
        String value = "v" + history.nextId();
        ObjectNode request = Json.object().put("ResourceArn", arn.asText());
        request.putArray("Tags").addObject().put("Key", TAG).put("Value", value);
        change(
                "TagResource",
                request,
                "tag " + value,
                table -> value.equals(table.tags().get(TAG)));
    }

    private void switchStream() throws IOException {
        JsonNode described = describe();
        if (described.isMissingNode()) {
            return;
        }
        boolean enabled =
                described.path("StreamSpecification").path("StreamEnabled").asBoolean(false);
        ObjectNode request = table();
        if (enabled) {
            request.putObject("StreamSpecification").put("StreamEnabled", false);
            change("UpdateTable", request, "end of the stream", table -> table.stream() == null);
        } else {
            String view = VIEWS.get(random.nextInt(VIEWS.size()));
            request.putObject("StreamSpecification").put("StreamEnabled", true).put("StreamViewType", view);
            change(
                    "UpdateTable",
                    request,
                    "stream " + view,
                    table -> table.stream() != null
                            && table.stream().viewType().name().equals(view));
        }
    }

    private void switchTimeToLive() throws IOException {
        ApiClient.Reply reply = api.call("DescribeTimeToLive", table());
        if (!reply.isOk()) {
            return;
        }
        boolean on = reply.body()
                .path("TimeToLiveDescription")
                .path("TimeToLiveStatus")
                .asText()
                .equals("ENABLED");
        ObjectNode request = table();
        request.putObject("TimeToLiveSpecification").put("Enabled", !on).put("AttributeName", EXPIRY);
        change(
                "UpdateTimeToLive",
                request,
                "time to live " + (on ? "off" : "on"),
                table -> on == (table.ttlAttribute() == null));
    }

    private void switchIndex() throws IOException {
        JsonNode described = describe();
        JsonNode indexes = described.path("GlobalSecondaryIndexes");
        if (described.isMissingNode()) {
            return;
        }
        ObjectNode request = table();
        if (indexes.isEmpty()) {
            TableSpec.define(request.putArray("AttributeDefinitions"), "g", "S");
            ObjectNode create =
                    request.putArray("GlobalSecondaryIndexUpdates").addObject().putObject("Create");
            TableSpec.fillGlobalIndex(create, random.nextBoolean() ? "ALL" : "KEYS_ONLY");
            change("UpdateTable", request, "new index", table -> hasIndex(table));
        } else if (indexes.get(0).path("IndexStatus").asText().equals("ACTIVE")) {
            request.putArray("GlobalSecondaryIndexUpdates")
                    .addObject()
                    .putObject("Delete")
                    .put("IndexName", TableSpec.GLOBAL_INDEX);
            change("UpdateTable", request, "end of the index", table -> !hasIndex(table));
        }
    }

    private static boolean hasIndex(TableDefinition table) {
        return !table.maintainedGlobalIndexes().isEmpty();
    }

    private void createOwn() throws IOException {
        if (ownTables.size() >= MAX_OWN_TABLES) {
            deleteOwn();
            return;
        }
        TableSpec spec = new TableSpec(
                "own." + created++,
                null,
                random.nextBoolean() ? "ALL" : null,
                random.nextBoolean() ? "NEW_AND_OLD_IMAGES" : null,
                random.nextBoolean() ? StreamFormat.JSON : StreamFormat.AVRO,
                2,
                0);
        List<Slot> slots = history.add(spec);
        TableChange change =
                history.begin(new TableChange(spec.name(), Action.CREATE_TABLE, "creation", table -> true));
        if (finish(change, api.call("CreateTable", spec.createRequest()))) {
            ownTables.add(slots);
        }
    }

    private void deleteOwn() throws IOException {
        if (ownTables.isEmpty()) {
            return;
        }
        String name = ownTables
                .remove(random.nextInt(ownTables.size()))
                .get(0)
                .table()
                .name();
        TableChange change = history.begin(new TableChange(name, Action.DELETE_TABLE, "deletion", table -> true));
        finish(change, api.call("DeleteTable", Json.object().put("TableName", name)));
    }

    private void writeToOwn(List<Slot> slots) throws IOException {
        Slot slot = slots.get(random.nextInt(slots.size()));
        int id = history.nextId();
        Write write = new Write(id, slot, new Effect.Put(new ItemValues(random).item(slot, id)), Condition.NONE);
        Request request = history.begin(Request.Kind.SINGLE, history.life(), List.of(write));
        ApiClient.Reply reply = api.call("PutItem", ItemRequests.single(write));
        if (reply.isOk()) {
            history.done(request, List.of(Seen.of(slot, Json.item(reply.body().get("Attributes")))));
        } else if (reply.isRefusal()) {
            request.finish(Request.Outcome.REFUSED, List.of());
        }
    }

    private void change(String operation, ObjectNode request, String what, Predicate<TableDefinition> after)
            throws IOException {
        TableChange change = history.begin(new TableChange(changed.name(), Action.UPDATE_TABLE, what, after));
        finish(change, api.call(operation, request));
    }

    private static boolean finish(TableChange change, ApiClient.Reply reply) {
        if (reply.isOk()) {
            change.finish(Request.Outcome.DONE);
        } else if (reply.isRefusal()) {
            change.finish(Request.Outcome.REFUSED);
        }
        return reply.isOk();
    }

    /** Missing when the server does not say. */
    private JsonNode describe() throws IOException {
        return api.call("DescribeTable", table()).body().path("Table");
    }

    private ObjectNode table() {
        return Json.object().put("TableName", changed.name());
    }
}
