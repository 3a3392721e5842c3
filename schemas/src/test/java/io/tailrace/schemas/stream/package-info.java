/** Tests of the options of streams. */
package io.tailrace.schemas.stream;
