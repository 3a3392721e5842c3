package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorMessages;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.IndexStatus;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.KeySchema;
import io.tailrace.schemas.model.Projection;
import io.tailrace.schemas.model.TableDefinition;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What Query or Scan reads: a table or one of its indexes.
 *
 * @param index null for the table itself
 * @param global whether the index is a global one
 */
record ReadTarget(TableDefinition table, IndexDefinition index, boolean global) {
    /** @param indexName null for the table itself */
    static ReadTarget of(TableDefinition table, String indexName) {
        if (indexName == null) {
            return new ReadTarget(table, null, false);
        }
        Optional<IndexDefinition> local = table.localSecondaryIndex(indexName);
        if (local.isPresent()) {
            return new ReadTarget(table, local.get(), false);
        }
        IndexDefinition index = table.globalSecondaryIndex(indexName)
                .filter(IndexDefinition::isMaintained)
                .orElseThrow(() -> DynamoException.validation(ErrorMessages.indexMissing(indexName)));
        if (index.status() != IndexStatus.ACTIVE) {
            throw DynamoException.validation(ErrorMessages.indexBackfilling(indexName));
        }
        return new ReadTarget(table, index, true);
    }

    /** The id under which the entries are. */
    int id() {
        return index == null ? table.id() : index.id();
    }

    /** The key schema that conditions are about. */
    KeySchema key() {
        return index == null ? table.key() : index.key();
    }

    boolean local() {
        return index != null && !global;
    }

    /** The key of the entry of {@code item}, which has all attributes of {@link #startKeyNames}. */
    byte[] stateKey(Item item) {
        return index == null ? StateKeys.tableKey(table, item) : StateKeys.indexKey(table, index, item);
    }

    /** Names of the attributes of LastEvaluatedKey and ExclusiveStartKey: the table's key and the index's. */
    Set<String> startKeyNames() {
        Set<String> names = new LinkedHashSet<>(table.key().names());
        names.addAll(key().names());
        return names;
    }

    /** All attributes of {@link #startKeyNames} with their types. */
    Set<KeyAttribute> startKeyAttributes() {
        Set<KeyAttribute> attributes = new LinkedHashSet<>(table.key().attributes());
        attributes.addAll(key().attributes());
        return attributes;
    }

    /** Whether entries hold the attribute when the item has it. */
    boolean projects(String attribute) {
        return projectsAll()
                || index.projection().nonKeyAttributes().contains(attribute)
                || table.key().contains(attribute)
                || index.key().contains(attribute);
    }

    /** Whether entries are whole items. */
    boolean projectsAll() {
        return index == null || index.projection().type() == Projection.Type.ALL;
    }

    /** Books units of reading the target itself. */
    void addUnits(CapacityAccount account, double units) {
        if (index == null) {
            account.addTable(units);
        } else if (global) {
            account.addGlobalIndex(index.name(), units);
        } else {
            account.addLocalIndex(index.name(), units);
        }
    }
}
