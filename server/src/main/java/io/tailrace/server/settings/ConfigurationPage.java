package io.tailrace.server.settings;

/** Renders docs/configuration.md from the registry. */
public final class ConfigurationPage {
    private static final String HEAD = """
            # Configuration

            <!-- Generated from TailraceSettings; ConfigurationPageTest says how to write it anew. -->

            Every setting can be given in four places. When more than one gives it, the later of these wins:

            1. `tailrace.properties` in the data directory,
            2. the file named with `--config FILE` or `TAILRACE_CONFIG`,
            3. an environment variable,
            4. a flag.

            Files are UTF-8 properties: `name = value` lines, `#` begins a comment. A setting that does not exist, is given
            twice in one file, or has a value that is not allowed stops the start; the message names the setting, the value,
            where it came from and what is allowed. So does any environment variable that begins with `TAILRACE_` and is not
            below (`TAILRACE_JAVA_OPTS` excepted: the launcher hands it to Java).

            Times are a number with `ms`, `s`, `m`, `h` or `d`. Sizes are a number of bytes, or of `kb`, `mb` or `gb`, which are
            powers of 1024.
            """;

    private ConfigurationPage() {}

    /** The page as Markdown. */
    public static String render() {
        StringBuilder page = new StringBuilder(HEAD);
        for (SettingGroup group : SettingGroup.values()) {
            page.append("\n## ").append(group.title()).append('\n');
            TailraceSettings.all().stream()
                    .filter(setting -> setting.group() == group)
                    .forEach(setting -> append(page, setting));
        }
        return page.toString();
    }

    private static void append(StringBuilder page, Setting<?> setting) {
        String byDefault = setting.defaultText().isEmpty() ? "none" : "`" + setting.defaultText() + "`";
        page.append("\n### `")
                .append(setting.name())
                .append("`\n\n")
                .append(setting.doc())
                .append("\n\n");
        page.append("| | |\n|---|---|\n");
        page.append("| flag | `")
                .append(setting.flag())
                .append(' ')
                .append(setting.type().placeholder().replace("|", "\\|"))
                .append("` |\n");
        page.append("| environment | `").append(setting.environmentVariable()).append("` |\n");
        page.append("| default | ").append(byDefault).append(" |\n");
        page.append("| allowed | ").append(setting.type().allowed()).append(" |\n");
    }
}
