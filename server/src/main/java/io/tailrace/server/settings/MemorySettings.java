package io.tailrace.server.settings;

import java.util.Optional;

/** What may be kept in memory besides the Java heap. */
public final class MemorySettings {
    private static final long MIB = 1L << 20;
    private static final long TIB = 1L << 40;

    public static final Setting<Optional<Long>> CACHE_SIZE = new Setting<>(
            "engine.cache.size",
            null,
            SettingGroup.ENGINE,
            SettingType.optional(SettingType.bytes(16 * MIB, TIB)),
            Optional.empty(),
            "How much of the tables' files is kept in memory once it was read, of all regions together; nothing is taken before it is "
                    + "needed. Without it an eighth of the memory of the machine or the container, from 64 MB to 2 GB.");

    private MemorySettings() {}
}
