/**
 * {@code tailrace demo}: real activity through the whole of Tailrace and back.
 *
 * <p>Invariant: the demo uses only what any application could use: the DynamoDB API through the AWS SDK, the stream topic
 * through a Kafka consumer, the admin endpoint over HTTP. Must not import the engine, capture or processors.
 */
package io.tailrace.server.demo;
