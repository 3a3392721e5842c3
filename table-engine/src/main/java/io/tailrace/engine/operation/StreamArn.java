package io.tailrace.engine.operation;

import io.tailrace.schemas.model.TableDefinition;

/** The ARNs of streams. */
public final class StreamArn {
    private StreamArn() {}

    /** Of the stream that the table's definition has. */
    public static String of(String region, TableDefinition table) {
        return TableReference.streamArn(region, table);
    }
}
