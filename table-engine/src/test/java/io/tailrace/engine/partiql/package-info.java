/** Tests of the parser of PartiQL statements. */
package io.tailrace.engine.partiql;
