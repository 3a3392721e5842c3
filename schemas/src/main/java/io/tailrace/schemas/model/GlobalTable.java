package io.tailrace.schemas.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The global table that a table is, or was, a replica of, as its region knows it. Each region is authoritative about its own
 * replica; what it tells the others is joined by them, in whatever order they hear of it.
 *
 * @param id the same in all regions
 * @param since when the table became global, cut to microseconds
 * @param firstRegion where it was before
 * @param inForce whether the table is a replica now: its items have versions. It is not when the others are gone, or when it
 *     never was one but stands where one should have been made
 * @param replicas of all regions, this one included, in the order of their creation; those that are gone too
 * @param settings the last changes of what all replicas have alike
 * @param indexes likewise, by the names of global secondary indexes: when each was created or deleted
 * @param told to whom this region tells, or has told, everything
 * @param heard who has told this region everything, while it is new
 */
public record GlobalTable(
        String id,
        Instant since,
        String firstRegion,
        boolean inForce,
        List<Replica> replicas,
        Map<SharedSetting, ItemVersion> settings,
        Map<String, ItemVersion> indexes,
        List<ReplicaTelling> told,
        List<ReplicaHearing> heard) {
    public GlobalTable {
        Objects.requireNonNull(id);
        Objects.requireNonNull(firstRegion);
        since = since.truncatedTo(ChronoUnit.MICROS);
        replicas = List.copyOf(replicas);
        Map<SharedSetting, ItemVersion> ofSettings = new EnumMap<>(SharedSetting.class);
        ofSettings.putAll(settings);
        settings = Collections.unmodifiableMap(ofSettings);
        indexes = Collections.unmodifiableMap(new TreeMap<>(indexes));
        told = List.copyOf(told);
        heard = List.copyOf(heard);
    }

    /** The version of the items that were there before the table was global, and of the settings that it had. */
    public ItemVersion initialVersion() {
        return new ItemVersion(since, firstRegion);
    }

    public ItemVersion version(SharedSetting setting) {
        return settings.getOrDefault(setting, initialVersion());
    }

    /** The version of there being, or not being, an index of this name. */
    public ItemVersion indexVersion(String indexName) {
        return indexes.getOrDefault(indexName, initialVersion());
    }

    public Optional<Replica> replica(String region) {
        return replicas.stream()
                .filter(replica -> replica.region().equals(region))
                .findFirst();
    }

    /** The replicas of other regions of which something is left, in the order of their creation. */
    public List<Replica> others(String region) {
        return replicas.stream()
                .filter(replica -> !replica.region().equals(region) && !replica.isGone())
                .toList();
    }

    /** With this replica joined to what is known of it, or behind the others when nothing is. */
    public GlobalTable with(Replica replica) {
        List<Replica> joined = new ArrayList<>(replicas);
        int place = 0;
        while (place < joined.size() && !joined.get(place).region().equals(replica.region())) {
            place++;
        }
        if (place == joined.size()) {
            joined.add(replica);
        } else {
            joined.set(place, joined.get(place).join(replica));
        }
        return withReplicas(joined);
    }

    public GlobalTable withReplicas(List<Replica> newReplicas) {
        return new GlobalTable(id, since, firstRegion, inForce, newReplicas, settings, indexes, told, heard);
    }

    public GlobalTable inForce(boolean now) {
        return new GlobalTable(id, since, firstRegion, now, replicas, settings, indexes, told, heard);
    }

    public GlobalTable withSetting(SharedSetting setting, ItemVersion version) {
        Map<SharedSetting, ItemVersion> changed = new EnumMap<>(SharedSetting.class);
        changed.putAll(settings);
        changed.put(setting, version);
        return new GlobalTable(id, since, firstRegion, inForce, replicas, changed, indexes, told, heard);
    }

    public GlobalTable withIndex(String indexName, ItemVersion version) {
        Map<String, ItemVersion> changed = new TreeMap<>(indexes);
        changed.put(indexName, version);
        return new GlobalTable(id, since, firstRegion, inForce, replicas, settings, changed, told, heard);
    }

    /** With this in place of what was told to that region before. */
    public GlobalTable with(ReplicaTelling telling) {
        List<ReplicaTelling> changed = new ArrayList<>(told);
        changed.removeIf(other -> other.region().equals(telling.region()));
        changed.add(telling);
        return new GlobalTable(id, since, firstRegion, inForce, replicas, settings, indexes, changed, heard);
    }

    public GlobalTable withTold(List<ReplicaTelling> newTold) {
        return new GlobalTable(id, since, firstRegion, inForce, replicas, settings, indexes, newTold, heard);
    }

    public GlobalTable withHeard(List<ReplicaHearing> newHeard) {
        return new GlobalTable(id, since, firstRegion, inForce, replicas, settings, indexes, told, newHeard);
    }

    /** What this region has told to a creation of a replica. */
    public Optional<ReplicaTelling> telling(Replica replica) {
        return told.stream()
                .filter(telling -> telling.region().equals(replica.region())
                        && telling.created().equals(replica.created()))
                .findFirst();
    }

    /** The tellings that are not done. */
    public List<ReplicaTelling> tellings() {
        return told.stream().filter(telling -> !telling.done()).toList();
    }
}
