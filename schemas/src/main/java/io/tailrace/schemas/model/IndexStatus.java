package io.tailrace.schemas.model;

/** In which part of its life a global secondary index is; local ones are always {@link #ACTIVE}. */
public enum IndexStatus {
    /** Added to a table: kept up to date with its writes, while the items that were there are told again in the log. */
    BACKFILLING,
    /** The log holds all items of the table; the index has still to get there. */
    CATCHING_UP,
    /** It can be read. */
    ACTIVE,
    /** No longer kept up to date; its entries are being removed. */
    DELETING
}
