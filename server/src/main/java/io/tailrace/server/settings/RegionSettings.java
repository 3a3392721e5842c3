package io.tailrace.server.settings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which regions a server hosts.
 *
 * @param home the first one, whose files are in the data directory itself; that of requests and commands that name none
 * @param fixed all that there may be, the home among them; empty when a region comes to life with the first request for it
 * @param max regions at one time
 * @param peers regions of other servers, with the bootstrap servers of their Kafka
 */
public record RegionSettings(String home, Optional<Set<String>> fixed, int max, Map<String, String> peers) {
    private static final String NAME = "[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?";
    private static final Pattern ONE = Pattern.compile(NAME);
    private static final Pattern SEVERAL = Pattern.compile(NAME + "(," + NAME + ")*");
    private static final String SERVER = "[^\\s,:=]+:\\d{1,5}";
    private static final Pattern PEER_LIST = Pattern.compile(
            NAME + "=" + SERVER + "(," + SERVER + ")*(," + NAME + "=" + SERVER + "(," + SERVER + ")*)*");
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

    public static final Setting<Optional<String>> PEERS = new Setting<>(
            "replication.peers",
            null,
            SettingGroup.KAFKA,
            SettingType.optional(SettingType.text(
                    "REGION=HOST:PORT,...",
                    PEER_LIST,
                    "region=host:port, several with commas, of which each region can have several")),
            Optional.empty(),
            "Regions of other servers with which tables can be shared as global tables, and where their Kafka is. Each of the "
                    + "servers names the others.");

    public RegionSettings {
        Objects.requireNonNull(home);
        fixed = fixed.map(Set::copyOf);
        peers = Collections.unmodifiableMap(new TreeMap<>(peers));
        if (fixed.isPresent() && !fixed.get().contains(home)) {
            throw new IllegalArgumentException(home + " is none of " + fixed.get());
        }
    }

    static RegionSettings from(Settings settings) {
        Optional<List<String>> listed = listed(settings);
        String home =
                listed.isPresent() && !settings.isGiven(REGION) ? listed.get().get(0) : settings.get(REGION);
        return new RegionSettings(home, listed.map(Set::copyOf), settings.get(REGIONS_MAX), peers(settings));
    }

    /** What does not fit together; empty when all does. */
    static List<String> problems(Settings settings) {
        List<String> problems = new ArrayList<>();
        Optional<List<String>> listed = listed(settings);
        if (settings.isGiven(REGION) && listed.isPresent() && !listed.get().contains(settings.get(REGION))) {
            problems.add(settings.refusal(
                    REGION,
                    "one of the setting " + REGIONS.name() + ", which is "
                            + REGIONS.type().format(settings.get(REGIONS))));
        }
        List<String> here = listed.orElseGet(() -> List.of(settings.get(REGION)));
        if (peers(settings).keySet().stream().anyMatch(here::contains)) {
            problems.add(settings.refusal(PEERS, "regions that this server does not host itself"));
        }
        return problems;
    }

    private static Map<String, String> peers(Settings settings) {
        Map<String, String> peers = new TreeMap<>();
        String region = "";
        for (String part : settings.get(PEERS).map(text -> text.split(",", -1)).orElse(new String[0])) {
            int equals = part.indexOf('=');
            region = equals < 0 ? region : part.substring(0, equals);
            peers.merge(region, part.substring(equals + 1), (first, further) -> first + "," + further);
        }
        return peers;
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
