/**
 * What operators and dashboards ask on the admin port: health, metrics, and the results of the activity processor.
 *
 * <p>Invariant: reads only, and answers also while parts are starting, failing or stopping. Must not import the engine
 * or capture: what it tells is given to it.
 */
package io.tailrace.server.admin;
