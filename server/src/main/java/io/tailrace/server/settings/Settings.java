package io.tailrace.server.settings;

import java.util.Map;

/** The value of every setting, each with the place it came from. Immutable. */
public final class Settings {
    /** A value and where it was given, in words: {@code flag --port}, {@code default}. */
    record Resolved(Object value, String origin) {
        static final String DEFAULT = "default";
    }

    private final Map<Setting<?>, Resolved> values;

    Settings(Map<Setting<?>, Resolved> values) {
        this.values = Map.copyOf(values);
    }

    /** The value given, or the default. */
    @SuppressWarnings("unchecked") // the loader puts in what the setting's own type parsed
    public <T> T get(Setting<T> setting) {
        return (T) values.get(setting).value();
    }

    /** Whether the value was given anywhere, and is not simply the default. */
    public boolean isGiven(Setting<?> setting) {
        return !values.get(setting).origin().equals(Resolved.DEFAULT);
    }

    /** Where the value came from, in words. */
    public String origin(Setting<?> setting) {
        return values.get(setting).origin();
    }

    /** The refusal of a value that is well formed but does not fit the rest. */
    <T> String refusal(Setting<T> setting, String allowed) {
        return SettingsLoader.problem(
                setting.name(), setting.type().format(get(setting)), origin(setting), "allowed: " + allowed);
    }
}
