/**
 * The Kinesis Client Library and its adapter for DynamoDB Streams, as they are published, read streams of a server that runs as
 * a process. Nothing here may use classes of the server: this is the other side of the wire.
 */
package io.tailrace.kinesis;
