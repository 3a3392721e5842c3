package io.tailrace.processors.activity;

import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Command;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.topic.RecordHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Makes the commands of one task. Each is the whole latest state of an item, so that a later one makes up for an earlier
 * one; all commands of one item have one record key, so they stay in order.
 */
final class CommandFactory {
    static final String ORIGIN = "activity";

    private final String table;
    private final String source;
    private final ProcessorContext<?, ?> context;
    private long made;

    /** @param source the processor that makes them, a part of their ids */
    CommandFactory(String table, String source, ProcessorContext<?, ?> context) {
        this.table = table;
        this.source = source;
        this.context = context;
    }

    Command put(Item item) {
        return Command.put(nextId(), ORIGIN, table, item);
    }

    Command delete(Item key) {
        return new Command(nextId(), ORIGIN, table, 0, new Command.Delete(key), null, Map.of(), Map.of(), null);
    }

    /** The table's name and the item's partition key. */
    Bytes recordKey(Item item) {
        String metric = ((AttributeValue.S) item.get(AnalyticsItems.METRIC)).value();
        return Bytes.wrap((table + "\0" + metric).getBytes(StandardCharsets.UTF_8));
    }

    static Headers headers() {
        return new org.apache.kafka.common.header.internals.RecordHeaders()
                .add(RecordHeaders.ORIGIN, RecordHeaders.ofText(ORIGIN));
    }

    /** For logs; two processors, tasks, or lives of a task at different times make no id twice. */
    private String nextId() {
        made++;
        return ORIGIN + "-" + source + "-" + context.taskId() + "-" + context.currentSystemTimeMs() + "-" + made;
    }
}
