package io.tailrace.schemas.model;

import java.util.Objects;

/** What one mutation changed: an item, or the catalog. */
public sealed interface Change {
    int tableId();

    /**
     * An item was put, updated or deleted; an image is null where there is no item. Or nothing happened to it, and it is told
     * again with both images the same, for an index that was added since: a backfill.
     */
    record ItemChange(int tableId, String tableName, Item keys, Item oldImage, Item newImage) implements Change {
        public ItemChange {
            Objects.requireNonNull(tableName);
            Objects.requireNonNull(keys);
            if (oldImage == null && newImage == null) {
                throw new IllegalArgumentException("a change has an image");
            }
        }

        public EventName eventName() {
            if (oldImage == null) {
                return EventName.INSERT;
            }
            return newImage == null ? EventName.REMOVE : EventName.MODIFY;
        }

        /** Whether the item is only told again: a write that changes nothing leaves no change. */
        public boolean isBackfill() {
            return oldImage != null && oldImage.equals(newImage);
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
