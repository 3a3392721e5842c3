package io.tailrace.processors.activity;

import io.tailrace.processors.runtime.LivePartitions;
import io.tailrace.schemas.model.Command;
import io.tailrace.schemas.model.Item;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Adds up the differences of the results of one partition, and writes each new result back to the analytics table. */
final class ResultProcessor implements Processor<Bytes, byte[], Bytes, Command> {
    private final String analyticsTable;
    private final LivePartitions<Void> live;
    private ProcessorContext<Bytes, Command> context;
    private KeyValueStore<Bytes, byte[]> results;
    private CommandFactory commands;
    private long epoch;

    ResultProcessor(String analyticsTable, LivePartitions<Void> live) {
        this.analyticsTable = analyticsTable;
        this.live = live;
    }

    @Override
    public void init(ProcessorContext<Bytes, Command> processorContext) {
        context = processorContext;
        results = processorContext.getStateStore(ActivityTopology.RESULTS);
        commands = new CommandFactory(analyticsTable, ActivityTopology.RESULT_PUBLICATION, processorContext);
        epoch = live.open(processorContext.taskId().partition(), null);
    }

    @Override
    public void process(Record<Bytes, byte[]> record) {
        byte[] before = results.get(record.key());
        Tally difference = Tally.fromBytes(record.value());
        Tally result = before == null ? difference : Tally.fromBytes(before).plus(difference);
        results.put(record.key(), result.toBytes());
        Item item = AnalyticsItems.of(ResultKey.fromBytes(record.key()), result);
        context.forward(new Record<>(
                commands.recordKey(item), commands.put(item), record.timestamp(), CommandFactory.headers()));
    }

    @Override
    public void close() {
        live.close(context.taskId().partition(), epoch);
    }
}
