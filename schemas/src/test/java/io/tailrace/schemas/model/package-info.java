/** Proves the rules that single values keep. */
package io.tailrace.schemas.model;
