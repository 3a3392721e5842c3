/**
 * The tables. Invariant: a catalog is immutable; ids of tables and indexes are never reused. Imports only the model.
 */
package io.tailrace.engine.catalog;
