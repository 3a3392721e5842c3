package io.tailrace.schemas.model;

/** What storing a table is to cost. */
public enum TableClass {
    STANDARD,
    STANDARD_INFREQUENT_ACCESS
}
