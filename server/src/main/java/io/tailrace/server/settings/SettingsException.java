package io.tailrace.server.settings;

import java.util.List;

/** Settings that cannot be used; the message names each with its value, where it came from and what is allowed. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    public SettingsException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    public SettingsException(String problem) {
        this(List.of(problem));
    }

    /** One sentence each. */
    public List<String> problems() {
        return problems;
    }
}
