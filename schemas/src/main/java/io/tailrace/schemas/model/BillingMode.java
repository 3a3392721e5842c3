package io.tailrace.schemas.model;

/** How a table's capacity is set. */
public enum BillingMode {
    PROVISIONED,
    PAY_PER_REQUEST
}
