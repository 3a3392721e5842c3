package io.tailrace.schemas.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.RecordArbitraries;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What regions know of a replica is the same in the end, in whatever order they hear of it and however often. */
class ReplicaTest {
    @Property(tries = 200)
    void theOrderDoesNotMatter(
            @ForAll("replicas") Replica a, @ForAll("replicas") Replica b, @ForAll("replicas") Replica c) {
        assertThat(a.join(b)).isEqualTo(b.join(a));
        assertThat(a.join(b).join(c)).isEqualTo(a.join(b.join(c)));
        assertThat(a.join(b).join(b)).isEqualTo(a.join(b));
    }

    @Test
    void aLaterCreationCountsAlone() {
        Replica first = replica(1, ReplicaStatus.DELETED);
        Replica second = replica(2, ReplicaStatus.CREATING);
        assertThat(first.join(second)).isEqualTo(second);
        assertThat(second.join(first)).isEqualTo(second);
    }

    @Test
    void aReplicaGoesForwardOnly() {
        assertThat(replica(1, ReplicaStatus.DELETING).join(replica(1, ReplicaStatus.ACTIVE)))
                .isEqualTo(replica(1, ReplicaStatus.DELETING));
    }

    @Test
    void replicasStayInTheOrderOfTheirCreation() {
        GlobalTable table = new GlobalTable(
                "id",
                Instant.EPOCH,
                "a",
                true,
                List.of(new Replica("b", at(1), ReplicaStatus.ACTIVE, at(1), ReplicaSettings.NONE)),
                Map.of(),
                Map.of(),
                List.of(),
                List.of());
        GlobalTable more = table.with(replica(2, ReplicaStatus.CREATING)).with(replica(2, ReplicaStatus.ACTIVE));
        assertThat(more.replicas()).extracting(Replica::region).containsExactly("b", "r");
        assertThat(more.replica("r")).contains(replica(2, ReplicaStatus.ACTIVE));
        assertThat(more.others("b")).containsExactly(replica(2, ReplicaStatus.ACTIVE));
    }

    /** Of few regions' changes at few times, so that they often are the same; what was set at one time is one thing. */
    @Provide
    Arbitrary<Replica> replicas() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 2),
                        Arbitraries.longs().between(0, 2),
                        Arbitraries.of(ReplicaStatus.class))
                .as((created, changed, status) -> new Replica(
                        "r",
                        at(created),
                        status,
                        at(changed),
                        new ReplicaSettings(changed + 1, null, null, List.of())));
    }

    @Property(tries = 50)
    void joinedWithItselfAReplicaIsTheSame(@ForAll("any") Replica replica) {
        assertThat(replica.join(replica)).isEqualTo(replica);
    }

    @Provide
    Arbitrary<Replica> any() {
        return RecordArbitraries.replicas();
    }

    private static Replica replica(long created, ReplicaStatus status) {
        return new Replica("r", at(created), status, at(created), ReplicaSettings.NONE);
    }

    private static ItemVersion at(long seconds) {
        return new ItemVersion(Instant.ofEpochSecond(seconds), "a");
    }
}
