package io.tailrace.engine.operation;

import io.tailrace.schemas.model.TableDefinition;

/** Table definitions with one thing changed. */
final class TableUpdates {
    private TableUpdates() {}

    /** @param attribute null to switch it off */
    static TableDefinition withTimeToLive(TableDefinition table, String attribute) {
        return new TableDefinition(
                table.id(),
                table.tableUuid(),
                table.name(),
                table.key(),
                table.attributeTypes(),
                table.localSecondaryIndexes(),
                table.globalSecondaryIndexes(),
                table.billingMode(),
                table.provisionedThroughput(),
                table.stream(),
                attribute,
                table.deletionProtection(),
                table.tags(),
                table.created());
    }
}
