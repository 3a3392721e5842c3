package io.tailrace.server.settings;

import java.time.Duration;

/** How long what happens to tables stands in the way of what is to happen next. */
public final class TableSettings {
    public static final Setting<Duration> TIME_TO_LIVE_CHANGE_INTERVAL = new Setting<>(
            "ttl.change.interval",
            null,
            SettingGroup.ENGINE,
            SettingType.duration(Duration.ZERO, Duration.ofDays(1)),
            Duration.ofHours(1),
            "How long after a change of a table's time to live the next one is refused, as DynamoDB does. 0 for tests that "
                    + "switch it on and off.");

    public static final Setting<Duration> REPLICA_SOURCE_HOLD = new Setting<>(
            "replication.source.hold",
            null,
            SettingGroup.ENGINE,
            SettingType.duration(Duration.ZERO, Duration.ofDays(7)),
            Duration.ofHours(24),
            "How long a replica of a global table from which another one was made cannot be deleted as long as that one is "
                    + "there, as DynamoDB has it. 0 for tests that delete them in any order.");

    private TableSettings() {}
}
