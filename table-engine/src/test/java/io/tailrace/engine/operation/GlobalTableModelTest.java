package io.tailrace.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.schemas.model.GlobalTable;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.IndexStatus;
import io.tailrace.schemas.model.Replica;
import io.tailrace.schemas.model.ReplicaStatus;
import io.tailrace.schemas.model.ReplicaTelling;
import io.tailrace.schemas.model.SharedSetting;
import io.tailrace.schemas.model.TableDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is asked of a table in several regions, and in whatever order and however often they hear of one another: in the end
 * they agree which replicas there are, and all replicas have the same indexes and settings.
 */
class GlobalTableModelTest {
    private static final List<String> REGIONS = List.of("a", "b", "c");
    private static final String TABLE = "Orders";
    private static final int ACTIONS = 60;
    private static final int SEEDS = Integer.getInteger("tailrace.model.seeds", 150);

    static List<Long> seeds() {
        List<Long> seeds = new ArrayList<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            seeds.add(seed);
        }
        return seeds;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void regionsAgreeInTheEnd(long seed) {
        Random random = new Random(seed);
        SimulatedRegions regions = new SimulatedRegions(REGIONS);
        for (String region : REGIONS) {
            // Clocks differ, by more than it takes to tell.
            regions.engine(region).pass(Duration.ofMillis(random.nextInt(2_000)));
        }
        for (int action = 0; action < ACTIONS; action++) {
            try {
                act(regions, REGIONS.get(random.nextInt(REGIONS.size())), random);
            } catch (DynamoException refused) {
                // A refusal is an answer, too.
                assertThat(refused.getMessage()).isNotBlank();
            }
            for (int step = random.nextInt(40); step > 0; step--) {
                if (random.nextInt(10) == 0) {
                    regions.repeat(random);
                }
                if (!(random.nextInt(4) == 0 ? regions.work(random) : regions.deliver(random))) {
                    break;
                }
            }
        }
        regions.settle(random);
        assertAgreement(regions);
    }

    private static void act(SimulatedRegions regions, String region, Random random) {
        String other = REGIONS.get(random.nextInt(REGIONS.size()));
        switch (random.nextInt(12)) {
            case 0 ->
                regions.write(
                        region,
                        new CreateTableOperation(Requests.request(
                                CreateTableRequest.class,
                                "{'TableName':'Orders','AttributeDefinitions':[{'AttributeName':'p','AttributeType':'S'}],"
                                        + "'KeySchema':[{'AttributeName':'p','KeyType':'HASH'}],"
                                        + "'BillingMode':'PAY_PER_REQUEST'}")));
            case 1, 2, 3 -> update(regions, region, "'ReplicaUpdates':[{'Create':{'RegionName':'" + other + "'}}]");
            case 4 -> update(regions, region, "'ReplicaUpdates':[{'Delete':{'RegionName':'" + other + "'}}]");
            case 5 ->
                update(
                        regions,
                        region,
                        "'ReplicaUpdates':[{'Update':{'RegionName':'" + other + "','MaxReadRequestUnits':"
                                + (1 + random.nextInt(5)) + "}}]");
            case 6 ->
                update(
                        regions,
                        region,
                        "'AttributeDefinitions':[{'AttributeName':'x" + random.nextInt(2) + "','AttributeType':'"
                                + (random.nextBoolean() ? "S" : "N") + "'}],'GlobalSecondaryIndexUpdates':[{'Create':{"
                                + "'IndexName':'Index" + random.nextInt(3) + "','KeySchema':[{'AttributeName':'x"
                                + random.nextInt(2) + "','KeyType':'HASH'}],'Projection':{'ProjectionType':'"
                                + (random.nextBoolean() ? "ALL" : "KEYS_ONLY") + "'}}}]");
            case 7 ->
                update(
                        regions,
                        region,
                        "'GlobalSecondaryIndexUpdates':[{'Delete':{'IndexName':'Index" + random.nextInt(3) + "'}}]");
            case 8 ->
                regions.write(
                        region,
                        new UpdateTimeToLiveOperation(Requests.request(
                                UpdateTimeToLiveRequest.class,
                                "{'TableName':'Orders','TimeToLiveSpecification':{'AttributeName':'e"
                                        + random.nextInt(2) + "','Enabled':" + random.nextBoolean() + "}}")));
            case 9 ->
                update(
                        regions,
                        region,
                        random.nextBoolean()
                                ? "'OnDemandThroughput':{'MaxWriteRequestUnits':" + (1 + random.nextInt(9)) + "}"
                                : "'TableClass':'" + (random.nextBoolean() ? "STANDARD" : "STANDARD_INFREQUENT_ACCESS")
                                        + "'");
            case 10 ->
                update(
                        regions,
                        region,
                        random.nextBoolean()
                                ? "'BillingMode':'PAY_PER_REQUEST'"
                                : "'BillingMode':'PROVISIONED','ProvisionedThroughput':{'ReadCapacityUnits':"
                                        + (1 + random.nextInt(9)) + ",'WriteCapacityUnits':3}");
            default -> {
                if (random.nextInt(4) == 0) {
                    regions.write(
                            region,
                            new DeleteTableOperation(
                                    Requests.request(DeleteTableRequest.class, "{'TableName':'Orders'}")));
                }
            }
        }
    }

    private static void update(SimulatedRegions regions, String region, String what) {
        regions.update(region, "{'TableName':'Orders'," + what + "}");
    }

    private static void assertAgreement(SimulatedRegions regions) {
        for (String region : REGIONS) {
            TableDefinition table = regions.table(region, TABLE).orElse(null);
            if (table == null || !table.isGlobal()) {
                continue;
            }
            GlobalTable global = table.details().globalTable();
            for (Replica replica : global.replicas()) {
                boolean isReplica = regions.table(replica.region(), TABLE)
                        .filter(other -> other.isGlobal()
                                && other.details().globalTable().id().equals(global.id()))
                        .isPresent();
                assertThat(isReplica)
                        .as("%s says of %s: %s; %s", region, replica.region(), replica, regions.refusedTellings())
                        .isEqualTo(replica.isLive());
                assertThat(replica.status())
                        .isIn(ReplicaStatus.ACTIVE, ReplicaStatus.DELETED, ReplicaStatus.CREATION_FAILED);
            }
            assertThat(global.told()).allMatch(ReplicaTelling::done);
            assertThat(global.heard()).isEmpty();
            assertThat(table.status(regions.engine(region).now()).name()).isEqualTo("ACTIVE");
            for (Replica replica : global.others(region)) {
                assertThat(shared(regions.table(replica.region(), TABLE).orElseThrow()))
                        .as("%s and %s", region, replica.region())
                        .isEqualTo(shared(table));
            }
        }
    }

    /** All that replicas have alike, in an order of its own. */
    private static List<Object> shared(TableDefinition table) {
        GlobalTable global = table.details().globalTable();
        List<Object> shared = new ArrayList<>();
        shared.add(global.id());
        shared.add(global.initialVersion());
        shared.add(global.replicas().stream()
                .filter(replica -> !replica.isGone())
                .map(Replica::toString)
                .collect(Collectors.toCollection(TreeSet::new)));
        for (SharedSetting setting : SharedSetting.values()) {
            shared.add(global.version(setting));
        }
        shared.add(global.indexes());
        shared.add(new TreeMap<>(table.attributeTypes()));
        shared.add(table.billingMode());
        shared.add(String.valueOf(table.provisionedThroughput()));
        shared.add(String.valueOf(table.details().capacity().maximum()));
        shared.add(String.valueOf(table.ttlAttribute()));
        shared.add(table.details().tableClass());
        Set<String> indexes = new TreeSet<>();
        for (IndexDefinition index : table.globalSecondaryIndexes()) {
            assertThat(index.status()).isEqualTo(IndexStatus.ACTIVE);
            indexes.add(index.name() + index.key() + index.projection() + index.provisionedThroughput());
        }
        shared.add(indexes);
        return shared;
    }
}
