package io.tailrace.server.settings;

import java.util.Locale;
import java.util.Objects;

/**
 * The declaration of one setting.
 *
 * @param name lower case words joined by dots and hyphens; the key in files
 * @param shortFlag the flag when it is not simply the name, without hyphens in front; null when it is
 * @param doc one or two sentences, ending with a full stop
 */
public record Setting<T>(
        String name, String shortFlag, SettingGroup group, SettingType<T> type, T defaultValue, String doc) {
    /** All settings' environment variables start with this. */
    public static final String ENVIRONMENT_PREFIX = "TAILRACE_";

    public Setting {
        Objects.requireNonNull(group);
        Objects.requireNonNull(type);
        Objects.requireNonNull(defaultValue);
        if (!name.matches("[a-z]+([.-][a-z]+)*") || !doc.endsWith(".")) {
            throw new IllegalArgumentException("setting " + name);
        }
    }

    /** The environment variable, for example {@code TAILRACE_KAFKA_BOOTSTRAP_SERVERS}. */
    public String environmentVariable() {
        return ENVIRONMENT_PREFIX
                + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** The flag of the command line, for example {@code --data}. */
    public String flag() {
        return shortFlag == null ? longFlag() : "--" + shortFlag;
    }

    /** The flag that follows from the name, for example {@code --data-dir}; accepted as well. */
    public String longFlag() {
        return "--" + name.replace('.', '-');
    }

    /** The default as a text. */
    public String defaultText() {
        return type.format(defaultValue);
    }
}
