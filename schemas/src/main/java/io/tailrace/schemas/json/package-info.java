/**
 * DynamoDB JSON, read and written by streaming: tokens to model and back, no tree between.
 *
 * <p>Invariant: what is refused is refused with DynamoDB's own message, as {@link
 * io.tailrace.schemas.json.DynamoJsonException}; text that is no JSON is Jackson's to refuse. Knows no requests, only
 * values, items and stream records.
 */
package io.tailrace.schemas.json;
