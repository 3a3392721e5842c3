/** Text, bytes and expressions: what each request has done to it in one thread, without server or disk. */
package io.tailrace.benchmarks.codec;
