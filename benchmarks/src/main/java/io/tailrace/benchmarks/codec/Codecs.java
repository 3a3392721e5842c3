package io.tailrace.benchmarks.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tailrace.benchmarks.core.Benchmark;
import io.tailrace.benchmarks.core.Contest;
import io.tailrace.benchmarks.core.Load;
import io.tailrace.benchmarks.core.Sample;
import io.tailrace.benchmarks.core.Setup;
import io.tailrace.benchmarks.core.Side;
import io.tailrace.benchmarks.core.Target;
import io.tailrace.engine.operation.BatchWriteItemRequest;
import io.tailrace.engine.operation.GetItemResponse;
import io.tailrace.engine.operation.PutItemRequest;
import io.tailrace.engine.operation.QueryResponse;
import io.tailrace.schemas.codec.ItemCodec;
import io.tailrace.schemas.json.DynamoJson;
import io.tailrace.schemas.model.Item;
import io.tailrace.server.protocol.ApiJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Requests from JSON and answers to JSON, and items from and to the bytes that the engine stores, beside Jackson's bare tokens
 * of the same JSON: read with their text, or written from memory.
 */
public final class Codecs implements Benchmark {
    private static final int SMALL_BYTES = 100;
    private static final int MEDIUM_BYTES = 1_000;
    private static final int PAGE = 20;
    private static final String TABLE = "Orders";

    @Override
    public String name() {
        return "codecs";
    }

    @Override
    public String summary() {
        return "Request bodies to requests, answers to bodies, items to stored bytes and back, beside Jackson's bare token "
                + "loop over the same JSON.";
    }

    @Override
    public String operation() {
        return "one body, or one item";
    }

    @Override
    public List<Target> targets() {
        return List.of();
    }

    @Override
    public Contest open(Setup setup) throws IOException {
        return new Opened(setup);
    }

    private static final class Opened implements Contest {
        private final ApiJson api = new ApiJson();
        private final JsonFactory factory = DynamoJson.newFactory();
        private final Loop loop = new Loop();
        private final Map<Load, Pair> pairs = new LinkedHashMap<>();
        private final int bytesPerSample;

        /**
         * What both sides do.
         *
         * @param jsonBytes of one operation, about
         */
        private record Pair(int jsonBytes, Loop.Work tailrace, Loop.Work reference) {}

        Opened(Setup setup) throws IOException {
            bytesPerSample = setup.scale().pick(200_000_000, 60_000);
            Documents documents = new Documents(setup.seed());
            int count = setup.scale().pick(200, PAGE);
            for (int sizeBytes : List.of(SMALL_BYTES, MEDIUM_BYTES)) {
                List<Item> items = documents.items(count, sizeBytes);
                String size = sizeBytes == SMALL_BYTES ? "100 B" : "1 KB";
                decode("PutItem, " + size, "PutItem", puts(items), Opened::attributes);
                encode("GetItem, " + size, "GetItem", gets(items));
                store(size, items);
            }
            List<Item> items = documents.items(count, MEDIUM_BYTES);
            decode("BatchWriteItem, 20 of 1 KB", "BatchWriteItem", batches(items), Opened::tables);
            encode("Query, 20 of 1 KB", "Query", pages(items));
        }

        private static long attributes(Object request) {
            return ((PutItemRequest) request).item().size();
        }

        private static long tables(Object request) {
            return ((BatchWriteItemRequest) request).requestItems().size();
        }

        private void decode(String what, String operation, List<byte[]> bodies, ToLongFunction<Object> look) {
            add(
                    "decode " + what,
                    bodies.get(0).length,
                    number -> look.applyAsLong(api.readRequest(operation, at(bodies, number))),
                    number -> TokenTape.read(factory, at(bodies, number)));
        }

        private void encode(String what, String operation, List<Object> responses) throws IOException {
            List<TokenTape> tapes = new ArrayList<>();
            for (Object response : responses) {
                ByteBuffer body = api.writeReply(operation, response);
                byte[] json = new byte[body.remaining()];
                body.get(json);
                tapes.add(new TokenTape(factory, json));
            }
            add(
                    "encode " + what,
                    api.writeReply(operation, responses.get(0)).limit(),
                    number -> api.writeReply(operation, at(responses, number)).limit(),
                    number -> at(tapes, number).write(factory));
        }

        /** The item's JSON stands for what the reference reads and writes: the stored bytes are no JSON. */
        private void store(String size, List<Item> items) throws IOException {
            List<byte[]> stored = new ArrayList<>();
            List<byte[]> texts = new ArrayList<>();
            List<TokenTape> tapes = new ArrayList<>();
            for (Item item : items) {
                stored.add(ItemCodec.encode(item));
                texts.add(json(item));
                tapes.add(new TokenTape(factory, json(item)));
            }
            int length = texts.get(0).length;
            add(
                    "to stored bytes, " + size,
                    length,
                    number -> ItemCodec.encode(at(items, number)).length,
                    number -> at(tapes, number).write(factory));
            add(
                    "from stored bytes, " + size,
                    length,
                    number -> ItemCodec.decode(at(stored, number)).size(),
                    number -> TokenTape.read(factory, at(texts, number)));
        }

        private void add(String label, int jsonBytes, Loop.Work tailrace, Loop.Work reference) {
            pairs.put(new Load(label, pairs.size() + 1L), new Pair(jsonBytes, tailrace, reference));
        }

        private static <T> T at(List<T> all, int number) {
            return all.get(number % all.size());
        }

        private List<byte[]> puts(List<Item> items) throws IOException {
            List<byte[]> bodies = new ArrayList<>();
            for (Item item : items) {
                bodies.add(body("{\"TableName\":\"" + TABLE + "\",\"Item\":" + text(item)
                        + ",\"ReturnConsumedCapacity\":\"TOTAL\"}"));
            }
            return bodies;
        }

        private List<byte[]> batches(List<Item> items) throws IOException {
            List<byte[]> bodies = new ArrayList<>();
            for (int from = 0; from < items.size(); from += PAGE) {
                List<String> puts = new ArrayList<>();
                for (Item item : items.subList(from, from + PAGE)) {
                    puts.add("{\"PutRequest\":{\"Item\":" + text(item) + "}}");
                }
                bodies.add(body("{\"RequestItems\":{\"" + TABLE + "\":[" + String.join(",", puts) + "]}}"));
            }
            return bodies;
        }

        private static List<Object> gets(List<Item> items) {
            List<Object> responses = new ArrayList<>();
            items.forEach(item -> responses.add(new GetItemResponse(item, null)));
            return responses;
        }

        private static List<Object> pages(List<Item> items) {
            List<Object> responses = new ArrayList<>();
            for (int from = 0; from < items.size(); from += PAGE) {
                List<Item> page = items.subList(from, from + PAGE);
                responses.add(new QueryResponse(page, PAGE, PAGE, null, null));
            }
            return responses;
        }

        private static byte[] body(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        private String text(Item item) throws IOException {
            return new String(json(item), StandardCharsets.UTF_8);
        }

        private byte[] json(Item item) throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (JsonGenerator json = factory.createGenerator(out)) {
                DynamoJson.writeItem(json, item);
            }
            return out.toByteArray();
        }

        @Override
        public List<Load> loads() {
            return List.copyOf(pairs.keySet());
        }

        @Override
        public Map<String, Side> sides() {
            Map<String, Side> sides = new LinkedHashMap<>();
            sides.put(Side.TAILRACE, load -> measure(load, pairs.get(load).tailrace()));
            sides.put(Side.REFERENCE, load -> measure(load, pairs.get(load).reference()));
            return sides;
        }

        private Sample measure(Load load, Loop.Work work) throws Exception {
            return loop.measure(Math.max(1, bytesPerSample / pairs.get(load).jsonBytes()), work);
        }

        @Override
        public List<String> notes() {
            loop.requireSeen();
            List<String> sizes = new ArrayList<>();
            pairs.forEach((load, pair) -> sizes.add(load.label() + " " + pair.jsonBytes() + " B"));
            return List.of(
                    "items of 1 KB have ten attributes of seven types; the reference reads all tokens and their text, or "
                            + "writes them from memory, and makes no items",
                    "JSON of one operation: " + String.join(", ", sizes));
        }

        @Override
        public void close() {}
    }
}
