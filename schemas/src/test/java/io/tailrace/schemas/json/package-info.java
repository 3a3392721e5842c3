/** Proves DynamoDB JSON and its error messages. */
package io.tailrace.schemas.json;
