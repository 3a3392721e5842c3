package io.tailrace.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.tailrace.engine.EngineConfig;
import io.tailrace.engine.EngineDependencies;
import io.tailrace.engine.TableEngine;
import io.tailrace.server.http.ServerReply;
import io.tailrace.server.http.ServerRequest;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a request takes of the heap, from the body's bytes to the reply's, in the threads that work for it. The bounds are
 * a quarter above what was measured when they were set: who needs more, changes them knowingly. Time does not matter here.
 */
final class AllocationTest {
    private static final int WARMUPS = 2_000;
    private static final int REQUESTS = 1_000;
    private static final String TEXT = "x".repeat(1_000);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    private Path dataDir;

    private TableEngine engine;
    private ApiHandler handler;

    @BeforeEach
    void openTable() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        engine = TableEngine.open(EngineConfig.of(dataDir, "us-east-1"), EngineDependencies.system(meters));
        handler = new ApiHandler(
                ApiFixture.only(engine, dataDir), new ApiHandler.Limits(1 << 20, Duration.ofSeconds(1)), meters, 42);
        call(
                "CreateTable",
                "{\"TableName\":\"Things\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":["
                        + "{\"AttributeName\":\"p\",\"AttributeType\":\"S\"},{\"AttributeName\":\"s\",\"AttributeType\":\"S\"}],"
                        + "\"KeySchema\":[{\"AttributeName\":\"p\",\"KeyType\":\"HASH\"},"
                        + "{\"AttributeName\":\"s\",\"KeyType\":\"RANGE\"}]}");
        for (int i = 0; i < 20; i++) {
            call("PutItem", put(i));
        }
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static String put(int i) {
        return "{\"TableName\":\"Things\",\"Item\":{\"p\":{\"S\":\"partition\"},\"s\":{\"S\":\"" + (1_000 + i)
                + "\"},\"text\":{\"S\":\"" + TEXT + "\"},\"n\":{\"N\":\"42\"}}}";
    }

    private void call(String operation, String body) {
        call(request(operation, body));
    }

    private void call(ServerRequest request) {
        ServerReply reply = handler.handle(request).toCompletableFuture().join();
        if (reply.status() != 200) {
            throw new AssertionError(new String(reply.body(), 0, reply.length(), StandardCharsets.UTF_8));
        }
    }

    private static ServerRequest request(String operation, String json) {
        HttpHeaders headers = new DefaultHttpHeaders()
                .set("Host", "localhost")
                .set("Content-Type", "application/x-amz-json-1.0")
                .set("X-Amz-Target", "DynamoDB_20120810." + operation)
                .set("X-Amz-Date", "20261121T000000Z")
                .set("Authorization", ApiFixture.AUTHORIZATION);
        ByteBuf body = Unpooled.wrappedBuffer(json.getBytes(StandardCharsets.UTF_8));
        return new ServerRequest("POST", "/", "", headers, body, Runnable::run, Runnable::run);
    }

    /** Bytes for each request, in this thread and in those that are named. */
    private long bytesPerRequest(ServerRequest request, LongSupplier others) {
        for (int i = 0; i < WARMUPS; i++) {
            call(request);
        }
        long before = THREADS.getCurrentThreadAllocatedBytes() + others.getAsLong();
        for (int i = 0; i < REQUESTS; i++) {
            call(request);
        }
        return (THREADS.getCurrentThreadAllocatedBytes() + others.getAsLong() - before) / REQUESTS;
    }

    private static long writerBytes() {
        return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().startsWith("tailrace-writer"))
                .mapToLong(thread -> THREADS.getThreadAllocatedBytes(thread.getThreadId()))
                .sum();
    }

    @Test
    void getItemOf1Kb() {
        String key = "{\"p\":{\"S\":\"partition\"},\"s\":{\"S\":\"1000\"}}";
        assertThat(bytesPerRequest(request("GetItem", "{\"TableName\":\"Things\",\"Key\":" + key + "}"), () -> 0))
                .isBetween(1_000L, 9_700L);
    }

    @Test
    void queryOf20ItemsOf1Kb() {
        String query = "{\"TableName\":\"Things\",\"KeyConditionExpression\":\"p = :p\","
                + "\"ExpressionAttributeValues\":{\":p\":{\"S\":\"partition\"}}}";
        assertThat(bytesPerRequest(request("Query", query), () -> 0)).isBetween(1_000L, 85_000L);
    }

    @Test
    void putItemOf1Kb() {
        assertThat(bytesPerRequest(request("PutItem", put(1)), AllocationTest::writerBytes))
                .isBetween(1_000L, 14_900L);
    }

    @Test
    void updateItemWithACondition() {
        String update = "{\"TableName\":\"Things\",\"Key\":{\"p\":{\"S\":\"partition\"},\"s\":{\"S\":\"1000\"}},"
                + "\"UpdateExpression\":\"ADD n :one\",\"ConditionExpression\":\"attribute_exists(p)\","
                + "\"ExpressionAttributeValues\":{\":one\":{\"N\":\"1\"}}}";
        assertThat(bytesPerRequest(request("UpdateItem", update), AllocationTest::writerBytes))
                .isBetween(1_000L, 44_500L);
    }
}
