package io.tailrace.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.writer.PlanSettings;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What UpdateTable's ReplicaUpdates does and refuses, in the service's words, and what descriptions say of replicas. */
class ReplicaUpdatesTest {
    private final Random random = new Random(1);
    private final SimulatedRegions regions = new SimulatedRegions(List.of("a", "b", "c"));

    @BeforeEach
    void createTable() {
        create(
                "a",
                "'BillingMode':'PROVISIONED','ProvisionedThroughput':{'ReadCapacityUnits':5,'WriteCapacityUnits':6}");
    }

    private void create(String region, String capacity) {
        regions.write(
                region,
                new CreateTableOperation(Requests.request(
                        CreateTableRequest.class,
                        "{'TableName':'Orders','AttributeDefinitions':[{'AttributeName':'p','AttributeType':'S'}],"
                                + "'KeySchema':[{'AttributeName':'p','KeyType':'HASH'}]," + capacity + "}")));
    }

    @Test
    void membersThatDoNotFitAreRefused() {
        assertInvalid(
                "1 validation error detected: Value '[]' at 'replicaUpdates' failed to satisfy constraint: Member must"
                        + " have length greater than or equal to 1",
                "'ReplicaUpdates':[]");
        assertInvalid(
                "1 validation error detected: Value null at 'replicaUpdates.1.member.create.regionName' failed to"
                        + " satisfy constraint: Member must not be null",
                "'ReplicaUpdates':[{'Create':{}}]");
        assertInvalid(
                "There are no actions specified in the Replica Update Action of the request.", "'ReplicaUpdates':[{}]");
        assertInvalid(
                "There are no actions specified in the Replica Update Action of the request.",
                "'ReplicaUpdates':[{'Update':{'RegionName':'b'}}]");
        assertInvalid(
                "Update table operation with more than one type of replica actions not allowed.",
                "'ReplicaUpdates':[{'Create':{'RegionName':'b'},'Delete':{'RegionName':'c'}}]");
        assertInvalid(
                "Update table operation with more than one create or delete replica actions not allowed",
                "'ReplicaUpdates':[{'Create':{'RegionName':'b'}},{'Create':{'RegionName':'c'}}]");
        assertInvalid(
                "Requests that modify replicas or witnesses must not also modify other fields",
                "'ReplicaUpdates':[{'Create':{'RegionName':'b'}}],'DeletionProtectionEnabled':true");
        for (String action : List.of("Create", "Delete")) {
            assertInvalid(
                    "Cannot add, delete, or update the local region through ReplicaUpdates. Use CreateTable, DeleteTable,"
                            + " or UpdateTable as required.",
                    "'ReplicaUpdates':[{'" + action + "':{'RegionName':'a'}}]");
        }
        assertInvalid(
                "Region nowhere is not supported. The latest version of global tables are only supported in the"
                        + " following regions: []",
                "'ReplicaUpdates':[{'Create':{'RegionName':'nowhere'}}]");
        assertThat(refusal("'ReplicaUpdates':[{'Create':{'RegionName':'b','KMSMasterKeyId':'k'}}]")
                        .getMessage())
                .contains("KMSMasterKeyId");
        assertThat(refusal("'ReplicaUpdates':[{'Create':{'RegionName':'b'}}],'MultiRegionConsistency':'STRONG'")
                        .getMessage())
                .contains("MultiRegionConsistency STRONG");
        assertThat(regions.table("a", "Orders").orElseThrow().isGlobal()).isFalse();
    }

    @Test
    void oneChangeAtATime() {
        update("a", "'ReplicaUpdates':[{'Create':{'RegionName':'b'}}]");
        for (String next : List.of(
                "'ReplicaUpdates':[{'Create':{'RegionName':'c'}}]",
                "'DeletionProtectionEnabled':true",
                "'TableClass':'STANDARD_INFREQUENT_ACCESS'")) {
            DynamoException refused = refusal(next);
            assertThat(refused.type()).isEqualTo(ErrorType.RESOURCE_IN_USE);
            assertThat(refused).hasMessage("The resource which you are attempting to change is in use.");
        }
        assertInvalid(
                "Failed to create a the new replica of table with name: 'Orders' because one or more replicas already"
                        + " existed as tables.",
                "'ReplicaUpdates':[{'Create':{'RegionName':'b'}}]");
        regions.settle(random);
        update("a", "'ReplicaUpdates':[{'Create':{'RegionName':'c'}}]");
        regions.settle(random);
        assertThat(regionsOf("a")).containsExactly("b", "c");
        assertThat(regionsOf("b")).containsExactly("a", "c");
        assertThat(regionsOf("c")).containsExactly("a", "b");
    }

    @Test
    void aReplicaThatIsNotThereIsNotChanged() {
        for (String action :
                List.of("'Delete':{'RegionName':'b'}", "'Update':{'RegionName':'b','ReadCapacityUnits':1}")) {
            assertInvalid(
                    "Update global table operation failed because one or more replicas were not part of the global"
                            + " table. Please retry the request without these replicas: [b].",
                    "'ReplicaUpdates':[{" + action + "}]");
        }
    }

    @Test
    void aTableOfAnotherKindIsInTheWay() {
        create("b", "'BillingMode':'PAY_PER_REQUEST'");
        assertInvalid(
                "Failed to create a the new replica of table with name: 'Orders' because one or more replicas already"
                        + " existed as tables.",
                "'ReplicaUpdates':[{'Create':{'RegionName':'b'}}]");
        // Where that cannot be seen from here, it is found out later.
        regions.write(
                "a",
                new UpdateTableOperation(Requests.request(
                        UpdateTableRequest.class,
                        "{'TableName':'Orders','ReplicaUpdates':[{'Create':{'RegionName':'b'}}]}")));
        regions.settle(random);
        assertThat(describe("a").replicas())
                .extracting(ReplicaDescription::replicaStatus)
                .containsExactly("CREATION_FAILED");
        assertThat(describe("b").replicas()).isNull();
        assertThat(regions.table("a", "Orders").orElseThrow().isGlobal()).isFalse();
        update("a", "'ReplicaUpdates':[{'Delete':{'RegionName':'b'}}]");
        assertThat(describe("a").replicas()).isNull();
    }

    @Test
    void aRegionShowsWhatAnotherOneHasDifferently() {
        update(
                "a",
                "'AttributeDefinitions':[{'AttributeName':'x','AttributeType':'S'}],'GlobalSecondaryIndexUpdates':[{"
                        + "'Create':{'IndexName':'ByX','KeySchema':[{'AttributeName':'x','KeyType':'HASH'}],"
                        + "'Projection':{'ProjectionType':'ALL'},'ProvisionedThroughput':{'ReadCapacityUnits':3,"
                        + "'WriteCapacityUnits':4}}}]");
        regions.settle(random);
        update(
                "a",
                "'ReplicaUpdates':[{'Create':{'RegionName':'b','ReadCapacityUnits':9,'TableClassOverride':"
                        + "'STANDARD_INFREQUENT_ACCESS','GlobalSecondaryIndexes':[{'IndexName':'ByX',"
                        + "'ReadCapacityUnits':8}]}}]");
        regions.settle(random);
        assertThat(describe("a").replicas())
                .containsExactly(new ReplicaDescription(
                        "b",
                        "ACTIVE",
                        null,
                        9L,
                        null,
                        List.of(new ReplicaIndexOverride("ByX", 8L, null)),
                        new TableClassSummary("STANDARD_INFREQUENT_ACCESS", null)));
        assertThat(describe("b").provisionedThroughput().readCapacityUnits()).isEqualTo(9);
        assertThat(describe("b").provisionedThroughput().writeCapacityUnits()).isEqualTo(6);
        assertThat(describe("b").tableClassSummary().tableClass()).isEqualTo("STANDARD_INFREQUENT_ACCESS");
        assertThat(describe("b").replicas().get(0).readCapacityUnits()).isEqualTo(5);

        update("b", "'ProvisionedThroughput':{'ReadCapacityUnits':7,'WriteCapacityUnits':6}");
        regions.settle(random);
        assertThat(describe("a").provisionedThroughput().readCapacityUnits()).isEqualTo(7);
        assertThat(describe("b").provisionedThroughput().readCapacityUnits()).isEqualTo(7);
        assertThat(describe("a").replicas().get(0).readCapacityUnits()).isNull();

        update("a", "'BillingMode':'PAY_PER_REQUEST'");
        regions.settle(random);
        assertThat(refusal("'ReplicaUpdates':[{'Update':{'RegionName':'b','ReadCapacityUnits':2}}]"))
                .hasMessageContaining("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified");
        update("a", "'ReplicaUpdates':[{'Update':{'RegionName':'b','MaxReadRequestUnits':20}}]");
        regions.settle(random);
        assertThat(describe("b").onDemandThroughput()).isEqualTo(new OnDemandThroughput(20L, null));
    }

    @Test
    void theStreamOfAReplicaStays() {
        update("a", "'ReplicaUpdates':[{'Create':{'RegionName':'b'}}]");
        regions.settle(random);
        assertThat(describe("a").streamSpecification())
                .isEqualTo(describe("b").streamSpecification())
                .isEqualTo(new StreamSpecification(true, "NEW_AND_OLD_IMAGES"));
        assertInvalid(
                "One or more parameter values were invalid: Disabling Stream is not allowed for a Global Table replica.",
                "'StreamSpecification':{'StreamEnabled':false}");
    }

    @Test
    void aRegionFromWhichAnotherOneWasMadeStaysForADay() {
        regions.engine("a").use(PlanSettings.DEFAULT.withReplicaSourceHold(Duration.ofHours(24)));
        regions.engine("b").use(PlanSettings.DEFAULT.withReplicaSourceHold(Duration.ofHours(24)));
        update("a", "'ReplicaUpdates':[{'Create':{'RegionName':'b'}}]");
        regions.settle(random);
        String wasSource =
                "Replica cannot be deleted because it has acted as a source region for new replica(s) being added"
                        + " to the table in the last 24 hours.";
        assertThat(refusal("b", "'ReplicaUpdates':[{'Delete':{'RegionName':'a'}}]"))
                .hasMessage(wasSource);
        Api.assertInvalid(wasSource, () -> delete("a"));
        regions.engine("a").pass(Duration.ofHours(24));
        delete("a");
        regions.settle(random);
        assertThat(regions.table("a", "Orders")).isEmpty();
        assertThat(describe("b").replicas()).isNull();
        assertThat(describe("b").tableStatus()).isEqualTo("ACTIVE");
    }

    @Test
    void aReplicaThatIsProtectedIsNotDeleted() {
        update("a", "'ReplicaUpdates':[{'Create':{'RegionName':'b'}}]");
        regions.settle(random);
        update("b", "'DeletionProtectionEnabled':true");
        assertThat(describe("a").deletionProtectionEnabled()).isFalse();
        assertThat(refusal("'ReplicaUpdates':[{'Delete':{'RegionName':'b'}}]")).hasMessageContaining("protect");
    }

    @Test
    void timeToLiveIsNotChangedTooOften() {
        InMemoryEngine engine = regions.engine("a");
        engine.use(PlanSettings.DEFAULT.withTimeToLiveInterval(Duration.ofHours(1)));
        timeToLive(true);
        Api.assertInvalid("TimeToLive is already enabled", () -> timeToLive(true));
        engine.pass(Duration.ofMinutes(59));
        Api.assertInvalid(
                "Time to live has been modified multiple times within a fixed interval", () -> timeToLive(false));
        engine.pass(Duration.ofMinutes(1));
        timeToLive(false);
    }

    private UpdateTimeToLiveResponse timeToLive(boolean enabled) {
        return regions.write(
                "a",
                new UpdateTimeToLiveOperation(Requests.request(
                        UpdateTimeToLiveRequest.class,
                        "{'TableName':'Orders','TimeToLiveSpecification':{'AttributeName':'e','Enabled':" + enabled
                                + "}}")));
    }

    private DeleteTableResponse delete(String region) {
        return regions.write(
                region, new DeleteTableOperation(Requests.request(DeleteTableRequest.class, "{'TableName':'Orders'}")));
    }

    private UpdateTableResponse update(String region, String what) {
        return regions.update(region, "{'TableName':'Orders'," + what + "}");
    }

    private DynamoException refusal(String what) {
        return refusal("a", what);
    }

    private DynamoException refusal(String region, String what) {
        try {
            update(region, what);
        } catch (DynamoException refused) {
            return refused;
        }
        throw new AssertionError("not refused: " + what);
    }

    private void assertInvalid(String message, String what) {
        DynamoException refused = refusal(what);
        assertThat(refused).hasMessage(message);
        assertThat(refused.type()).isEqualTo(ErrorType.VALIDATION);
    }

    private TableDescription describe(String region) {
        return new Api(regions.engine(region))
                .describeTable("{'TableName':'Orders'}")
                .table();
    }

    private List<String> regionsOf(String region) {
        return describe(region).replicas().stream()
                .map(ReplicaDescription::regionName)
                .toList();
    }
}
