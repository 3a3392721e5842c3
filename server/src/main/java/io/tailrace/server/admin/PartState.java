package io.tailrace.server.admin;

/** What a part of the server is doing. */
public enum PartState {
    /** On its way up; tried again when that fails. */
    STARTING,
    RUNNING,
    /** It works on, or tries to, but not as it should. */
    DEGRADED,
    /** Someone has to do something; the detail says what. */
    FAILED,
    /** Switched off by a setting. */
    DISABLED,
    STOPPED
}
