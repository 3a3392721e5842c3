package io.tailrace.server.crash;

import io.tailrace.capture.CaptureStep;
import io.tailrace.engine.step.EngineStep;
import io.tailrace.engine.step.Step;
import java.util.Random;

/**
 * How one life of a server ends.
 *
 * @param step where it ends itself; null when it is killed from outside
 * @param times how often it reaches the step until then
 * @param millis when it is killed from outside: after so much work
 * @param moment when it is armed
 */
record KillPlan(Step step, int times, int millis, Moment moment) {
    /** When the step counts. */
    enum Moment {
        AT_START,
        AT_WORK,
        /** While it stops in order. */
        WHEN_STOPPING
    }

    static KillPlan after(int millis) {
        return new KillPlan(null, 0, millis, Moment.AT_WORK);
    }

    /**
     * A step, at the moment at which it happens soon.
     *
     * @param maxTimes how often it may be passed before, when it is one that each write takes
     */
    static KillPlan at(Step step, int maxTimes, Random random) {
        if (step == EngineStep.RECOVERED || step == CaptureStep.RESUMED) {
            return new KillPlan(step, 1, 0, Moment.AT_START);
        }
        if (step.name().startsWith("CHECKPOINT")) {
            return new KillPlan(step, 1, 300, Moment.WHEN_STOPPING);
        }
        boolean often = step.name().startsWith("APPEND")
                || step.name().startsWith("SYNC")
                || step.name().startsWith("APPLY")
                || step.name().startsWith("SEND")
                || step.name().startsWith("ACKNOWLEDGED")
                || step == EngineStep.ENTRY_APPENDED;
        return new KillPlan(step, often ? 1 + random.nextInt(maxTimes) : 1, 0, Moment.AT_WORK);
    }

    /** As this, the next time that the step is reached. */
    KillPlan atOnce() {
        return new KillPlan(step, 1, millis, moment);
    }

    /** Whether the step is one of capture's, so that Kafka is needed. */
    boolean needsKafka() {
        return step instanceof CaptureStep
                || step == EngineStep.REMOVAL_BEGINS
                || step == EngineStep.REMOVAL_RENAMED
                || step == EngineStep.REMOVAL_ENDS;
    }

    String command() {
        return step.name() + " " + times;
    }

    @Override
    public String toString() {
        return step == null ? "kill after " + millis + " ms" : "halt at " + step.name() + ", time " + times;
    }
}
