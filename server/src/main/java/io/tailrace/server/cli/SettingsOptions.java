package io.tailrace.server.cli;

import io.tailrace.server.settings.ServerConfig;
import io.tailrace.server.settings.Setting;
import io.tailrace.server.settings.SettingGroup;
import io.tailrace.server.settings.Settings;
import io.tailrace.server.settings.SettingsLoader;
import io.tailrace.server.settings.TailraceSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Gives a command flags for the settings, and reads the settings from all their sources. */
public final class SettingsOptions {
    private static final String CONFIG = "--config";
    private static final String VERBOSE = "--verbose";

    private SettingsOptions() {}

    /** Adds flags for all settings, under their headings. */
    public static void addTo(CommandSpec spec) {
        addTo(spec, TailraceSettings.all());
    }

    /** Adds flags for these settings, under their headings, and those for the settings file and for more logging. */
    public static void addTo(CommandSpec spec, List<Setting<?>> settings) {
        int order = 0;
        for (SettingGroup group : SettingGroup.values()) {
            ArgGroupSpec.Builder options =
                    ArgGroupSpec.builder().validate(false).order(order++).heading("%n" + group.title() + ":%n");
            for (Setting<?> setting : settings) {
                if (setting.group() == group) {
                    options.addArg(option(setting));
                }
            }
            if (!options.args().isEmpty()) {
                spec.addArgGroup(options.build());
            }
        }
        spec.addOption(OptionSpec.builder(CONFIG)
                .type(Path.class)
                .paramLabel("FILE")
                .description("Read settings from this file of properties.")
                .build());
        spec.addOption(OptionSpec.builder(VERBOSE)
                .type(boolean.class)
                .description("Log more, libraries included, and failures with all that led to them.")
                .build());
    }

    private static OptionSpec option(Setting<?> setting) {
        String byDefault = setting.defaultText().isEmpty() ? "" : " Default: " + setting.defaultText() + ".";
        String[] names = setting.flag().equals(setting.longFlag())
                ? new String[] {setting.flag()}
                : new String[] {setting.flag(), setting.longFlag()};
        return OptionSpec.builder(names)
                .type(String.class)
                .paramLabel(setting.type().placeholder())
                .hideParamSyntax(true)
                .description(escaped(setting.doc() + byDefault))
                .build();
    }

    /** Descriptions are format strings. */
    private static String escaped(String text) {
        return text.replace("%", "%%");
    }

    /**
     * The configuration from flags, environment and files.
     *
     * @throws io.tailrace.server.settings.SettingsException when something is unknown or not allowed
     */
    public static ServerConfig load(CommandSpec spec) {
        return ServerConfig.from(settings(spec));
    }

    /**
     * As above.
     *
     * @param given settings that the command has from elsewhere than flags
     */
    static ServerConfig load(CommandSpec spec, Map<Setting<?>, String> given) {
        return ServerConfig.from(settings(spec, given));
    }

    static Settings settings(CommandSpec spec) {
        return settings(spec, Map.of());
    }

    private static Settings settings(CommandSpec spec, Map<Setting<?>, String> given) {
        Map<Setting<?>, String> flags = new LinkedHashMap<>(given);
        for (Setting<?> setting : TailraceSettings.all()) {
            OptionSpec option = spec.findOption(setting.flag());
            if (option != null && option.getValue() != null) {
                flags.put(setting, option.getValue());
            }
        }
        return SettingsLoader.load(flags, spec.findOption(CONFIG).getValue(), System.getenv());
    }

    /** Whether more logging was asked for. */
    public static boolean verbose(CommandSpec spec) {
        OptionSpec option = spec.findOption(VERBOSE);
        return option != null && Boolean.TRUE.equals(option.getValue());
    }
}
