/** Operations over HTTP, beside a bare echo on the same server library and beside DynamoDB Local. */
package io.tailrace.benchmarks.api;
