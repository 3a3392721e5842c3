package io.tailrace.engine.writer;

import io.tailrace.schemas.model.TableDefinition;

/** One change that a plan asks for. */
public sealed interface Mutation permits ItemMutation, BackfillMutation, CatalogMutation {
    /** The table it belongs to, as the catalog has it when the mutation is applied. */
    TableDefinition table();
}
