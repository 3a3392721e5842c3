package io.tailrace.schemas.model;

import java.util.Objects;

/** What one mutation changed: an item, or the catalog. */
public sealed interface Change {
    int tableId();

    /**
     * An item was put, updated or deleted; an image is null where there is no item. Or nothing happened to it, and both images
     * are the same: it is told again for an index that was added since, or only its version is another one.
     */
    record ItemChange(int tableId, String tableName, Item keys, Item oldImage, Item newImage) implements Change {
        public ItemChange {
            Objects.requireNonNull(tableName);
            Objects.requireNonNull(keys);
        }

        public EventName eventName() {
            if (oldImage == null) {
                return EventName.INSERT;
            }
            return newImage == null ? EventName.REMOVE : EventName.MODIFY;
        }

        /** Whether nothing happened to the item, which may not even be there. */
        public boolean isBackfill() {
            return Objects.equals(oldImage, newImage);
        }
    }

    /** A table was created, updated or deleted; {@code table} is the definition after the change (deleted: the last). */
    record CatalogChange(Action action, TableDefinition table) implements Change {
        /** What was done to the table. */
        public enum Action {
            CREATE_TABLE,
            UPDATE_TABLE,
            DELETE_TABLE
        }

        public CatalogChange {
            Objects.requireNonNull(action);
            Objects.requireNonNull(table);
        }

        @Override
        public int tableId() {
            return table.id();
        }
    }
}
