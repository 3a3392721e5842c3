/**
 * The differential test: generated scenarios run against Tailrace and against DynamoDB Local, and the answers compared.
 * What differs is an error of ours, unless it is listed in {@link io.tailrace.conformance.AcceptedDifferences} with the
 * reason why Tailrace is right.
 */
package io.tailrace.conformance;
