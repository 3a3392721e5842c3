package io.tailrace.server.settings;

/** The headings under which the settings are documented, the most wanted first. */
public enum SettingGroup {
    GENERAL("General"),
    HTTP("HTTP"),
    ENGINE("Tables and journal"),
    KAFKA("Kafka"),
    PROCESSORS("Processors");

    private final String title;

    SettingGroup(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
