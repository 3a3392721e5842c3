/**
 * The moments between which a process can end, each with a name, for those who want to end it there.
 *
 * <p>Invariant: telling a listener changes nothing and decides nothing; a server's listener ignores all of them. Imports
 * nothing but the JDK.
 */
package io.tailrace.engine.step;
