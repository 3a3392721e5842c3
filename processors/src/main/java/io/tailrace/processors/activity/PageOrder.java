package io.tailrace.processors.activity;

/** What makes a page a top page. */
public enum PageOrder {
    ACTIONS,
    BYTES
}
