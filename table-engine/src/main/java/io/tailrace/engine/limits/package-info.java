/**
 * DynamoDB's limits with their units and sources; nothing else. Imports nothing of the engine.
 */
package io.tailrace.engine.limits;
