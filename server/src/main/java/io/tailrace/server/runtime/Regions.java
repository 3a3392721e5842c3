package io.tailrace.server.runtime;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.server.protocol.ApiRegion;
import io.tailrace.server.protocol.ApiRegions;
import io.tailrace.server.settings.RegionSettings;
import io.tailrace.server.settings.ServerConfig;
import io.tailrace.server.settings.TailraceSettings;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The regions of a server. The first is there from the start, and so is each that has a directory or is in the settings' list;
 * without a list further ones come to life when they are asked for. One thread at a time opens a region, those who ask for it
 * meanwhile wait; who asks for an open one waits for nobody.
 */
final class Regions implements ApiRegions {
    private static final Logger LOG = LoggerFactory.getLogger(Regions.class);

    private final ServerConfig config;
    private final RegionSettings settings;
    private final Region.Surroundings surroundings;
    private final Replicas replicas;
    private final ReentrantLock opening = new ReentrantLock();
    private final Map<String, Region> open = new ConcurrentSkipListMap<>();
    /** Why a region could not be opened when it was last asked for. */
    private final Map<String, String> failures = new ConcurrentSkipListMap<>();

    private boolean kafkaStarted;
    private boolean closed;

    Regions(ServerConfig config, Region.Surroundings surroundings) {
        this.config = config;
        this.settings = config.regions();
        this.surroundings = surroundings;
        this.replicas = new Replicas(this, settings.peers());
    }

    /**
     * Opens the regions that there are.
     *
     * @throws StartException when one of them cannot be opened
     */
    void open() {
        RegionDirectories.requireHome(config.dataDir(), home());
        openNow(home());
        RegionDirectories.noteHome(config.dataDir(), home());
        SortedSet<String> others = new TreeSet<>(settings.fixed().orElse(Set.of()));
        for (String name : withDirectory()) {
            if (settings.fixed().isEmpty() || others.contains(name)) {
                others.add(name);
            } else {
                LOG.warn(
                        "the region {} has tables here, but is not in the setting {}: it stays closed",
                        name,
                        RegionSettings.REGIONS.name());
            }
        }
        others.remove(home());
        others.stream().filter(settings.peers()::containsKey).findFirst().ifPresent(name -> {
            throw new StartException(
                    "the region " + name + " has tables here, and is in another server, says the setting "
                            + RegionSettings.PEERS.name(),
                    null);
        });
        others.forEach(this::openNow);
    }

    private Set<String> withDirectory() {
        try {
            return RegionDirectories.further(config);
        } catch (IOException unreadable) {
            throw new StartException(config.regionsDir() + " cannot be read: " + unreadable, unreadable);
        }
    }

    /** Brings up what stands behind Kafka, of the regions that are open and of those that will be. */
    void startKafka() {
        opening.lock();
        try {
            kafkaStarted = true;
            open.values().forEach(Region::startKafka);
        } finally {
            opening.unlock();
        }
    }

    @Override
    public String home() {
        return settings.home();
    }

    @Override
    public Optional<String> refusal(String name) {
        if (open.containsKey(name)) {
            return Optional.empty();
        }
        if (settings.peers().containsKey(name)) {
            return Optional.of("It is in another server, says the setting " + RegionSettings.PEERS.name() + ".");
        }
        if (settings.fixed().isPresent()) {
            return settings.fixed().get().contains(name)
                    ? Optional.empty()
                    : Optional.of("This server hosts " + quoted(settings.fixed().get()) + " only.");
        }
        if (!RegionSettings.isName(name)) {
            return Optional.of(
                    "A region's name is " + TailraceSettings.REGION_NAME.type().allowed() + ".");
        }
        return open.size() < settings.max()
                ? Optional.empty()
                : Optional.of("This server hosts " + quoted(open.keySet()) + ", as many as the setting "
                        + RegionSettings.REGIONS_MAX.name() + " allows.");
    }

    private static String quoted(Set<String> names) {
        return names.stream().sorted().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    }

    @Override
    public boolean isOpen(String name) {
        return open.containsKey(name);
    }

    @Override
    public ApiRegion region(String name) {
        return ensure(name).api();
    }

    /**
     * The region, which is opened when it is not; blocks meanwhile.
     *
     * @throws DynamoException when there can be no region of this name, or it cannot be opened
     */
    Region ensure(String name) {
        Region there = open.get(name);
        return there == null ? openOnRequest(name) : there;
    }

    private Region openOnRequest(String name) {
        opening.lock();
        try {
            Region there = open.get(name);
            if (there != null) {
                return there;
            }
            if (closed) {
                throw new DynamoException(ErrorType.SERVICE_UNAVAILABLE, "The server stops.");
            }
            refusal(name).ifPresent(why -> {
                throw ApiRegions.refused(name, why);
            });
            return openNow(name);
        } catch (StartException refused) {
            LOG.error("the region {} cannot be opened", name, refused);
            failures.put(name, refused.getMessage());
            throw new DynamoException(
                    ErrorType.INTERNAL_SERVER_ERROR,
                    "The region " + name + " cannot be opened; the server's log says why");
        } finally {
            opening.unlock();
        }
    }

    private Region openNow(String name) {
        opening.lock();
        try {
            long start = System.nanoTime();
            Region opened = Region.open(config.region(name), surroundings, replicas);
            if (kafkaStarted) {
                opened.startKafka();
            }
            failures.remove(name);
            open.put(name, opened);
            LOG.info("the region {} is there after {} ms", name, (System.nanoTime() - start) / 1_000_000);
            return opened;
        } finally {
            opening.unlock();
        }
    }

    /** Whether there is anything behind the engines. */
    boolean hasKafka() {
        return surroundings.broker().isPresent();
    }

    /** The region, when it is open. */
    Optional<Region> find(String name) {
        return Optional.ofNullable(open.get(name));
    }

    /** The open regions by name. */
    Map<String, Region> all() {
        return Collections.unmodifiableMap(open);
    }

    /** Why regions could not be opened when they were last asked for. */
    Map<String, String> failures() {
        return Collections.unmodifiableMap(failures);
    }

    /** Stops all that stands on the engines, then the engines. No region opens any more. */
    void close() {
        List<Map.Entry<String, Region>> all;
        opening.lock();
        try {
            closed = true;
            all = List.copyOf(open.entrySet());
        } finally {
            opening.unlock();
        }
        CompletableFuture.allOf(all.stream()
                        .map(each -> Shutdown.beside(
                                "Kafka's side of " + each.getKey(),
                                each.getValue().kafka().orElse(null)))
                        .toArray(CompletableFuture[]::new))
                .join();
        all.forEach(each ->
                Shutdown.step("the engine of " + each.getKey(), each.getValue().engine()));
    }
}
