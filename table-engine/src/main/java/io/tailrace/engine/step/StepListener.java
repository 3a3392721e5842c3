package io.tailrace.engine.step;

/**
 * Hears of each step when it is reached, on the thread that does the work. What a server is given hears nothing; a test's
 * ends the process. Handed in where a part is made: no setting leads here.
 */
@FunctionalInterface
public interface StepListener {
    /** For everyone but tests of crashes. */
    StepListener NONE = step -> {};

    void reached(Step step);
}
