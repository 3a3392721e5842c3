package io.tailrace.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.error.ErrorType;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Maximums, warm throughput, table class and the history of billing mode and units are kept, described and limited. */
class TableCapacityTest {
    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final String KEY = "'AttributeDefinitions': [{'AttributeName': 'k', 'AttributeType': 'S'}],"
            + "'KeySchema': [{'AttributeName': 'k', 'KeyType': 'HASH'}],";
    private static final String DEMAND = "{'TableName': 'Tab', " + KEY + "'BillingMode': 'PAY_PER_REQUEST'";
    private static final String UNITS = "{'TableName': 'Tab', " + KEY + "'ProvisionedThroughput': " + units(10, 10);
    private static final String INDEX = "'IndexName': 'idx', 'KeySchema': [{'AttributeName': 'k', 'KeyType': 'HASH'}],"
            + "'Projection': {'ProjectionType': 'ALL'}";

    private final InMemoryEngine engine = new InMemoryEngine("eu-west-1");
    private final Api api = new Api(engine);

    @Test
    void maximumsAreMergedAndTakenAway() {
        create(DEMAND, "'OnDemandThroughput': {'MaxReadRequestUnits': 100}");
        assertThat(table().onDemandThroughput()).isEqualTo(new OnDemandThroughput(100L, null));
        assertThat(update("'OnDemandThroughput': {'MaxWriteRequestUnits': 50}").tableStatus())
                .isEqualTo("ACTIVE");
        assertThat(table().onDemandThroughput()).isEqualTo(new OnDemandThroughput(100L, 50L));
        update("'OnDemandThroughput': {'MaxReadRequestUnits': -1}");
        assertThat(table().onDemandThroughput()).isEqualTo(new OnDemandThroughput(null, 50L));
        update("'OnDemandThroughput': {'MaxWriteRequestUnits': -1, 'MaxReadRequestUnits': -1}");
        assertThat(table().onDemandThroughput()).isNull();
        refused(
                INVALID + "Requested MaxReadRequestUnits for OnDemandThroughput for table is outside of valid range",
                () -> update("'OnDemandThroughput': {'MaxReadRequestUnits': 0}"));
        refused(
                INVALID + "Requested MaxWriteRequestUnits for OnDemandThroughput for table is outside of valid range",
                () -> create(DEMAND.replace("'Tab'", "'Two'"), "'OnDemandThroughput': {'MaxWriteRequestUnits': -1}"));
    }

    @Test
    void onlyWhatIsOnDemandHasAMaximum() {
        refused(
                INVALID + "MaxReadRequestUnits for OnDemandThroughput cannot be specified when table BillingMode is "
                        + "PROVISIONED.",
                () -> create(UNITS, "'OnDemandThroughput': {'MaxReadRequestUnits': 5}"));
        create(UNITS, "'TableClass': 'STANDARD'");
        refused(
                INVALID
                        + "MaxReadRequestUnits for OnDemandThroughput cannot be specified when the table BillingMode is "
                        + "PROVISIONED",
                () -> update("'OnDemandThroughput': {'MaxReadRequestUnits': 5}"));
        update("'BillingMode': 'PAY_PER_REQUEST', 'OnDemandThroughput': {'MaxReadRequestUnits': 5}");
        assertThat(table().onDemandThroughput()).isEqualTo(new OnDemandThroughput(5L, null));
        update("'BillingMode': 'PROVISIONED', 'ProvisionedThroughput': " + units(1, 1));
        assertThat(table().onDemandThroughput()).isNull();
    }

    @Test
    void warmThroughputFollowsTheHighestUnits() {
        create(UNITS, "'TableClass': 'STANDARD'");
        assertThat(warm()).isEqualTo(new WarmThroughputDescription(10, 10, "ACTIVE"));
        update("'ProvisionedThroughput': " + units(30, 20));
        update("'ProvisionedThroughput': " + units(1, 40));
        assertThat(warm()).isEqualTo(new WarmThroughputDescription(30, 40, "ACTIVE"));
        update("'BillingMode': 'PAY_PER_REQUEST'");
        assertThat(warm()).isEqualTo(new WarmThroughputDescription(12_000, 4_000, "ACTIVE"));
        update("'BillingMode': 'PROVISIONED', 'ProvisionedThroughput': " + units(1, 1));
        assertThat(warm()).isEqualTo(new WarmThroughputDescription(12_000, 4_000, "ACTIVE"));
    }

    @Test
    void warmThroughputIsRaisedAndNeverLowered() {
        refused(
                INVALID
                        + "Requested ReadUnitsPerSecond for WarmThroughput for table is lower than initial throughput for "
                        + "OnDemand. See: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/"
                        + "on-demand-capacity-mode.html#on-demand-capacity-mode-initial",
                () -> create(DEMAND, "'WarmThroughput': {'ReadUnitsPerSecond': 11999}"));
        refused(
                INVALID
                        + "Requested WriteUnitsPerSecond for WarmThroughput for table is lower than WriteCapacityUnits of "
                        + "ProvisionedThroughput",
                () -> create(UNITS, "'WarmThroughput': {'ReadUnitsPerSecond': 10, 'WriteUnitsPerSecond': 9}"));
        create(DEMAND, "'WarmThroughput': {'ReadUnitsPerSecond': 12001}");
        assertThat(warm()).isEqualTo(new WarmThroughputDescription(12_001, 4_000, "ACTIVE"));
        assertThat(update("'WarmThroughput': {'WriteUnitsPerSecond': 4001}").tableStatus())
                .isEqualTo("ACTIVE");
        assertThat(warm()).isEqualTo(new WarmThroughputDescription(12_001, 4_001, "ACTIVE"));
        refused(
                INVALID
                        + "Requested ReadUnitsPerSecond for WarmThroughput for table is lower than current WarmThroughput, "
                        + "decreasing WarmThroughput is not supported",
                () -> update("'WarmThroughput': {'ReadUnitsPerSecond': 12000}"));
    }

    @Test
    void indexesHaveThemToo() {
        create(
                DEMAND,
                "'GlobalSecondaryIndexes': [{" + INDEX + ", 'OnDemandThroughput': {'MaxWriteRequestUnits': 7},"
                        + "'WarmThroughput': {'WriteUnitsPerSecond': 4002}}]");
        GlobalSecondaryIndexDescription index = table().globalSecondaryIndexes().get(0);
        assertThat(index.onDemandThroughput()).isEqualTo(new OnDemandThroughput(null, 7L));
        assertThat(index.warmThroughput()).isEqualTo(new WarmThroughputDescription(12_000, 4_002, "ACTIVE"));
        updateIndex("'OnDemandThroughput': {'MaxReadRequestUnits': 8}");
        updateIndex("'WarmThroughput': {'ReadUnitsPerSecond': 12002}");
        index = table().globalSecondaryIndexes().get(0);
        assertThat(index.onDemandThroughput()).isEqualTo(new OnDemandThroughput(8L, 7L));
        assertThat(index.warmThroughput()).isEqualTo(new WarmThroughputDescription(12_002, 4_002, "ACTIVE"));
        refused(
                INVALID
                        + "Requested MaxReadRequestUnits for OnDemandThroughput for index : idx is outside of valid range",
                () -> updateIndex("'OnDemandThroughput': {'MaxReadRequestUnits': -2}"));
        refused(
                INVALID + "Requested WriteUnitsPerSecond for WarmThroughput for index idx is lower than current "
                        + "WarmThroughput, decreasing WarmThroughput is not supported",
                () -> updateIndex("'WarmThroughput': {'WriteUnitsPerSecond': 4001}"));
        update("'BillingMode': 'PROVISIONED', 'ProvisionedThroughput': " + units(1, 1)
                + ", 'GlobalSecondaryIndexUpdates': [{'Update': {'IndexName': 'idx', 'ProvisionedThroughput': "
                + units(2, 2) + "}}]");
        assertThat(table().globalSecondaryIndexes().get(0).onDemandThroughput()).isNull();
        updateIndex("'ProvisionedThroughput': " + units(3, 1));
        ThroughputDescription history = table().globalSecondaryIndexes().get(0).provisionedThroughput();
        assertThat(history.numberOfDecreasesToday()).isEqualTo(1);
        assertThat(history.lastIncreaseDateTime()).isEqualTo(history.lastDecreaseDateTime());
        assertThat(table().provisionedThroughput().numberOfDecreasesToday()).isZero();
    }

    @Test
    void decreasesAreCountedByDayAndLimited() {
        create(UNITS, "'TableClass': 'STANDARD'");
        assertThat(table().provisionedThroughput().lastDecreaseDateTime()).isNull();
        engine.pass(Duration.between(InMemoryEngine.START, Instant.parse("2026-11-20T12:00:00Z")));
        for (int units = 9; units >= 6; units--) {
            update("'ProvisionedThroughput': " + units(10, units));
        }
        assertThat(table().provisionedThroughput().numberOfDecreasesToday()).isEqualTo(4);
        assertThat(table().provisionedThroughput().lastIncreaseDateTime()).isNull();
        assertThat(Api.refusal(ErrorType.LIMIT_EXCEEDED, () -> update("'ProvisionedThroughput': " + units(10, 5))))
                .hasMessage(
                        "Subscriber limit exceeded: Provisioned throughput decreases are limited within a given UTC "
                                + "day. After the first 4 decreases, each subsequent decrease in the same UTC day can be "
                                + "performed at most once every 3600 seconds. Number of decreases today: 4. Last decrease at "
                                + "Friday, November 20, 2026 at 12:00:00 PM Coordinated Universal Time. Next decrease can be made "
                                + "at Friday, November 20, 2026 at 1:00:00 PM Coordinated Universal Time");
        update("'ProvisionedThroughput': " + units(11, 6));
        engine.pass(Duration.ofHours(1));
        update("'ProvisionedThroughput': " + units(11, 5));
        assertThat(table().provisionedThroughput().numberOfDecreasesToday()).isEqualTo(5);
        Api.refusal(ErrorType.LIMIT_EXCEEDED, () -> update("'ProvisionedThroughput': " + units(11, 4)));
        engine.pass(Duration.ofHours(11));
        assertThat(table().provisionedThroughput().numberOfDecreasesToday()).isZero();
        assertThat(table().provisionedThroughput().lastDecreaseDateTime())
                .isBetween(Instant.parse("2026-11-20T13:00:00Z"), Instant.parse("2026-11-20T13:00:01Z"));
        update("'ProvisionedThroughput': " + units(11, 4));
    }

    @Test
    void switchesToOnDemandAreNotedAndLimited() {
        create(UNITS, "'TableClass': 'STANDARD'");
        assertThat(table().billingModeSummary()).isNull();
        for (int i = 0; i < 4; i++) {
            engine.pass(Duration.ofHours(1));
            update("'BillingMode': 'PAY_PER_REQUEST'");
            update("'BillingMode': 'PAY_PER_REQUEST'");
            BillingModeSummary summary = table().billingModeSummary();
            assertThat(summary.billingMode()).isEqualTo("PAY_PER_REQUEST");
            assertThat(summary.lastUpdateToPayPerRequestDateTime())
                    .isAfter(InMemoryEngine.START.plus(Duration.ofHours(i + 1)));
            update("'BillingMode': 'PROVISIONED', 'ProvisionedThroughput': " + units(1, 1));
            assertThat(table().billingModeSummary())
                    .isEqualTo(new BillingModeSummary("PROVISIONED", summary.lastUpdateToPayPerRequestDateTime()));
        }
        assertThat(Api.refusal(ErrorType.LIMIT_EXCEEDED, () -> update("'BillingMode': 'PAY_PER_REQUEST'")))
                .hasMessageStartingWith(
                        "Subscriber limit exceeded: Update to PayPerRequest mode are limited to 4 times");
        engine.pass(Duration.ofHours(21));
        update("'BillingMode': 'PAY_PER_REQUEST'");
    }

    @Test
    void theTableClassChangesTwiceAMonth() {
        create(DEMAND, "'TableClass': 'STANDARD_INFREQUENT_ACCESS'");
        assertThat(table().tableClassSummary()).isEqualTo(new TableClassSummary("STANDARD_INFREQUENT_ACCESS", null));
        update("'TableClass': 'STANDARD_INFREQUENT_ACCESS'");
        assertThat(engine.lastMutations()).isEmpty();
        update("'TableClass': 'STANDARD'");
        update("'TableClass': 'STANDARD_INFREQUENT_ACCESS'");
        assertThat(table().tableClassSummary().lastUpdateDateTime()).isNotNull();
        assertThat(Api.refusal(ErrorType.LIMIT_EXCEEDED, () -> update("'TableClass': 'STANDARD'")))
                .hasMessage("Subscriber limit exceeded: Updates to TableClass are limited to 2 times in 30 day(s).");
        engine.pass(Duration.ofDays(30));
        update("'TableClass': 'STANDARD'");
    }

    @Test
    void changesThatDoNotGoTogetherAreRefused() {
        create(DEMAND, "'TableClass': 'STANDARD'");
        String stream = ", 'StreamSpecification': {'StreamEnabled': true, 'StreamViewType': 'KEYS_ONLY'}";
        String alone = " must be the only operation in the request";
        refused(
                INVALID + "TableClass modification" + alone,
                () -> update("'DeletionProtectionEnabled': true, 'TableClass': 'STANDARD'"));
        refused(
                INVALID + "DeletionProtection modification" + alone,
                () -> update("'DeletionProtectionEnabled': true" + stream));
        refused(
                INVALID + "WarmThroughput" + alone,
                () -> update("'WarmThroughput': {'ReadUnitsPerSecond': 13000}" + stream));
        refused(
                INVALID + "OnDemandThroughput can only be combined with BillingMode in an UpdateTable request",
                () -> update("'OnDemandThroughput': {'MaxReadRequestUnits': 5}" + stream));
        refused(
                INVALID + "You cannot modify stream status while updating table IOPS",
                () -> update("'ProvisionedThroughput': " + units(1, 1) + stream));
        refused(
                INVALID + "Table is already encrypted by default",
                () -> update("'SSESpecification': {'Enabled': false}"));
        assertThat(table().sseDescription()).isNull();
    }

    @Test
    void tagsAreWellFormed() {
        refused("Tag Key cannot be prefixed with aws:, Key: aws:x", () -> tagged("aws:x", "v"));
        refused("The Tag Key provided is invalid, Key: ", () -> tagged("", "v"));
        refused("The Tag Key provided is invalid, Key: a#b", () -> tagged("a#b", "v"));
        refused("The Tag Value provided is invalid, Value: " + "v".repeat(257), () -> tagged("k", "v".repeat(257)));
        refused(
                "Duplicate Tag Keys provided as input: Duplicate Tag Key found k",
                () -> create(DEMAND, "'Tags': [{'Key': 'k', 'Value': ''}, {'Key': 'k', 'Value': ''}]"));
        StringBuilder tags = new StringBuilder();
        for (int i = 0; i < 51; i++) {
            tags.append(i == 0 ? "" : ",").append("{'Key': 'k").append(i).append("', 'Value': ''}");
        }
        refused(
                "Number of Tags exceed the current limit for the provided ResourceArn",
                () -> create(DEMAND, "'Tags': [" + tags + "]"));
        create(DEMAND, "'Tags': [{'Key': 'k \u00e4_.:/=+-@', 'Value': ''}]");
    }

    private Object tagged(String key, String value) {
        return create(DEMAND, "'Tags': [{'Key': '" + key + "', 'Value': '" + value + "'}]");
    }

    private CreateTableResponse create(String table, String more) {
        return api.createTable(table + ", " + more + "}");
    }

    private TableDescription update(String changes) {
        return api.updateTable("{'TableName': 'Tab', " + changes + "}").tableDescription();
    }

    private Object updateIndex(String change) {
        return update("'GlobalSecondaryIndexUpdates': [{'Update': {'IndexName': 'idx', " + change + "}}]");
    }

    private TableDescription table() {
        return api.describeTable("{'TableName': 'Tab'}").table();
    }

    private WarmThroughputDescription warm() {
        return table().warmThroughput();
    }

    private static String units(int reads, int writes) {
        return "{'ReadCapacityUnits': " + reads + ", 'WriteCapacityUnits': " + writes + "}";
    }

    private static void refused(String message, Supplier<?> call) {
        Api.assertInvalid(message, call);
    }
}
