package io.tailrace.server.settings;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which regions a server hosts.
 *
 * @param home the first one, whose files are in the data directory itself; that of requests and commands that name none
 * @param fixed all that there may be, the home among them; empty when a region comes to life with the first request for it
 * @param max regions at one time
 */
public record RegionSettings(String home, Optional<Set<String>> fixed, int max) {
    private static final String NAME = "[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?";
    private static final Pattern ONE = Pattern.compile(NAME);
    private static final Pattern SEVERAL = Pattern.compile(NAME + "(," + NAME + ")*");
    private static final String ALLOWED = "1 to 32 of a-z, 0-9 and -";
    private static final int DEFAULT_MAX = 8;

    public static final Setting<String> REGION = new Setting<>(
            "region",
            null,
            SettingGroup.GENERAL,
            SettingType.text("NAME", ONE, ALLOWED),
            "us-east-1",
            "The region that there is from the beginning, and that of requests and commands that name none. A data directory "
                    + "keeps the one that it began with.");

    public static final Setting<Optional<String>> REGIONS = new Setting<>(
            "regions",
            null,
            SettingGroup.GENERAL,
            SettingType.optional(
                    SettingType.text("NAMES", SEVERAL, "regions with commas between them, each " + ALLOWED)),
            Optional.empty(),
            "The regions that this server hosts; requests for others are refused. The first is the one of the setting region, "
                    + "unless that is given. Without it a region comes to life with the first request that names it.");

    public static final Setting<Integer> REGIONS_MAX = new Setting<>(
            "regions.max",
            null,
            SettingGroup.GENERAL,
            SettingType.integer(1, 100),
            DEFAULT_MAX,
            "Regions at most, while requests bring them to life; requests for further ones are refused.");

    public RegionSettings {
        Objects.requireNonNull(home);
        fixed = fixed.map(Set::copyOf);
        if (fixed.isPresent() && !fixed.get().contains(home)) {
            throw new IllegalArgumentException(home + " is none of " + fixed.get());
        }
    }

    static RegionSettings from(Settings settings) {
        Optional<List<String>> listed = listed(settings);
        String home =
                listed.isPresent() && !settings.isGiven(REGION) ? listed.get().get(0) : settings.get(REGION);
        return new RegionSettings(home, listed.map(Set::copyOf), settings.get(REGIONS_MAX));
    }

    /** Whether the list, if there is one, has the region that is given by itself. */
    static boolean fit(Settings settings) {
        return !settings.isGiven(REGION)
                || listed(settings)
                        .map(regions -> regions.contains(settings.get(REGION)))
                        .orElse(true);
    }

    private static Optional<List<String>> listed(Settings settings) {
        return settings.get(REGIONS)
                .map(names -> List.of(names.split(",", -1)).stream().distinct().toList());
    }

    /** Whether a region can have this name. */
    public static boolean isName(String name) {
        return ONE.matcher(name).matches();
    }
}
