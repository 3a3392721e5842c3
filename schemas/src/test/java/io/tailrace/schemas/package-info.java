/** What the tests of all modules share: arbitrary items, changes and commands. */
package io.tailrace.schemas;
