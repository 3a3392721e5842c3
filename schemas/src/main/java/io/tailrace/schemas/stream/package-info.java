/**
 * How a table's stream topic looks: the options, and the table tags that set them.
 *
 * <p>Invariant: options follow from the settings and a table's tags, and from nothing else, so that whoever reads the journal
 * makes the same of them. Imports nothing but the JDK.
 */
package io.tailrace.schemas.stream;
