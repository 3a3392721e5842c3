package io.tailrace.engine.step;

/** A moment in the life of a write, by name. Implemented by enums only. */
public interface Step {
    /** Unique among all steps. */
    String name();
}
