package io.tailrace.server.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Brings the sources of settings together. Later ones win: {@code tailrace.properties} in the data directory, the file
 * given with {@code --config} (or {@code TAILRACE_CONFIG}), environment variables, flags.
 */
public final class SettingsLoader {
    /** The file in the data directory. */
    public static final String DATA_FILE = "tailrace.properties";
    /** Names the file of settings, as {@code --config} does. */
    public static final String CONFIG_VARIABLE = Setting.ENVIRONMENT_PREFIX + "CONFIG";
    /** Read by the launcher script; no setting of the server. */
    public static final String JAVA_OPTIONS_VARIABLE = Setting.ENVIRONMENT_PREFIX + "JAVA_OPTS";

    private record Given(String text, String origin) {}

    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();

    private SettingsLoader(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * The settings from all sources.
     *
     * @param flags values by setting
     * @param configFile given with {@code --config}, else null
     * @param environment the process's environment variables
     * @throws SettingsException when anything is unknown or not allowed; it names all that is wrong at once
     */
    public static Settings load(Map<Setting<?>, String> flags, Path configFile, Map<String, String> environment) {
        return new SettingsLoader(environment).load(flags, configFile);
    }

    private Settings load(Map<Setting<?>, String> flags, Path configFile) {
        Map<Setting<?>, Given> fromFlags = new LinkedHashMap<>();
        flags.forEach((setting, text) -> fromFlags.put(setting, new Given(text, "flag " + setting.flag())));
        Map<Setting<?>, Given> fromEnvironment = readEnvironment();
        Map<Setting<?>, Given> fromConfig = readConfigFile(configFile);

        Map<Setting<?>, Given> given = new LinkedHashMap<>(fromConfig);
        given.putAll(fromEnvironment);
        given.putAll(fromFlags);
        Path dataDir = (Path) resolve(TailraceSettings.DATA_DIR, given.get(TailraceSettings.DATA_DIR))
                .value();
        readDataFile(dataDir).forEach(given::putIfAbsent);

        Map<Setting<?>, Settings.Resolved> resolved = new LinkedHashMap<>();
        for (Setting<?> setting : TailraceSettings.all()) {
            resolved.put(setting, resolve(setting, given.get(setting)));
        }
        if (!problems.isEmpty()) {
            throw new SettingsException(problems.stream().distinct().toList());
        }
        return new Settings(resolved);
    }

    private <T> Settings.Resolved resolve(Setting<T> setting, Given given) {
        if (given == null) {
            return new Settings.Resolved(setting.defaultValue(), Settings.Resolved.DEFAULT);
        }
        try {
            return new Settings.Resolved(setting.type().parse(given.text()), given.origin());
        } catch (IllegalArgumentException refused) {
            problems.add(problem(
                    setting.name(),
                    given.text(),
                    given.origin(),
                    "allowed: " + setting.type().allowed()));
            return new Settings.Resolved(setting.defaultValue(), Settings.Resolved.DEFAULT);
        }
    }

    private Map<Setting<?>, Given> readEnvironment() {
        Map<Setting<?>, Given> found = new LinkedHashMap<>();
        for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
            String name = variable.getKey();
            if (!name.startsWith(Setting.ENVIRONMENT_PREFIX)
                    || name.equals(CONFIG_VARIABLE)
                    || name.equals(JAVA_OPTIONS_VARIABLE)) {
                continue;
            }
            TailraceSettings.byEnvironmentVariable(name)
                    .ifPresentOrElse(
                            setting ->
                                    found.put(setting, new Given(variable.getValue(), "environment variable " + name)),
                            () -> problems.add(problem(
                                    name,
                                    variable.getValue(),
                                    "environment",
                                    "no setting has this variable; " + "docs/configuration.md lists all")));
        }
        return found;
    }

    private Map<Setting<?>, Given> readConfigFile(Path configFile) {
        String fromEnvironment = environment.get(CONFIG_VARIABLE);
        if (configFile != null) {
            return readFile(configFile, "flag --config");
        }
        return fromEnvironment == null
                ? Map.of()
                : readFile(Path.of(fromEnvironment), "environment variable " + CONFIG_VARIABLE);
    }

    private Map<Setting<?>, Given> readDataFile(Path dataDir) {
        Path file = dataDir.resolve(DATA_FILE);
        if (!Files.exists(file)) {
            return Map.of();
        }
        Map<Setting<?>, Given> found = new LinkedHashMap<>(readFile(file, "data directory"));
        Given dataDirAgain = found.remove(TailraceSettings.DATA_DIR);
        if (dataDirAgain != null) {
            problems.add(problem(
                    TailraceSettings.DATA_DIR.name(),
                    dataDirAgain.text(),
                    dataDirAgain.origin(),
                    "a file inside the data directory cannot say where that directory is"));
        }
        return found;
    }

    private Map<Setting<?>, Given> readFile(Path file, String namedBy) {
        UniqueProperties properties = new UniqueProperties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            problems.add(problem(
                    "config", file.toString(), namedBy, "the file cannot be read as UTF-8 properties: " + unreadable));
            return Map.of();
        }
        String origin = "file " + file;
        Map<Setting<?>, Given> found = new LinkedHashMap<>();
        for (String name :
                new TreeMap<>(properties).keySet().stream().map(String::valueOf).toList()) {
            String text = properties.getProperty(name);
            TailraceSettings.byName(name)
                    .ifPresentOrElse(
                            setting -> found.put(setting, new Given(text, origin)),
                            () -> problems.add(
                                    problem(name, text, origin, "there is no setting of this name" + nearest(name))));
        }
        properties.duplicates.forEach((name, text) ->
                problems.add(problem(name, text, origin, "the file gives this setting more than once")));
        return found;
    }

    private static String nearest(String name) {
        return TailraceSettings.all().stream()
                .map(Setting::name)
                .filter(known -> known.endsWith(name)
                        || name.endsWith(known)
                        || known.replaceAll("[.-]", "")
                                .equals(name.toLowerCase(java.util.Locale.ROOT).replaceAll("[._-]", "")))
                .findFirst()
                .map(known -> "; did you mean " + known + "?")
                .orElse("; docs/configuration.md lists all");
    }

    static String problem(String name, String text, String origin, String why) {
        return "setting " + name + ": '" + text + "' (from " + origin + ") cannot be used; " + why;
    }

    /** Properties keep the last of two values in silence; this remembers that there were two. */
    private static final class UniqueProperties extends Properties {
        private static final long serialVersionUID = 1L;

        private final Map<String, String> duplicates = new TreeMap<>();

        @Override
        public synchronized Object put(Object key, Object value) {
            Object previous = super.put(key, value);
            if (previous != null) {
                duplicates.put(key.toString(), value.toString());
            }
            return previous;
        }
    }
}
