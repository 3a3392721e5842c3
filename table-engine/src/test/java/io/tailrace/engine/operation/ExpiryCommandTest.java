package io.tailrace.engine.operation;

import static io.tailrace.engine.operation.Requests.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.engine.writer.Plan;
import io.tailrace.schemas.model.Command;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.UserIdentity;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Proves that the engine deletes an expired item only when, at that moment, it still is one. */
class ExpiryCommandTest {
    private static final Item KEY = item("{'p': {'S': 'a'}}");
    private static final long NOW_SECONDS = InMemoryEngine.START.getEpochSecond();

    private final InMemoryEngine engine = new InMemoryEngine("eu-west-1");
    private final Api api = new Api(engine);

    @BeforeEach
    void createTable() {
        api.createTable("{'TableName': 'Music', 'BillingMode': 'PAY_PER_REQUEST',"
                + "'AttributeDefinitions': [{'AttributeName': 'p', 'AttributeType': 'S'}],"
                + "'KeySchema': [{'AttributeName': 'p', 'KeyType': 'HASH'}]}");
        switchTimeToLive("e", true);
    }

    private void switchTimeToLive(String attribute, boolean enabled) {
        api.updateTimeToLive("{'TableName': 'Music', 'TimeToLiveSpecification': {'AttributeName': '" + attribute
                + "', 'Enabled': " + enabled + "}}");
    }

    private void put(String value) {
        api.putItem("{'TableName': 'Music', 'Item': {'p': {'S': 'a'}, 'e': " + value + "}}");
    }

    private CommandOutcome expire() {
        return api.write(new CommandOperation(command(tableId())));
    }

    private int tableId() {
        return engine.table("Music").orElseThrow().id();
    }

    private static Command command(int tableId) {
        return Command.expire("id", "ttl", "Music", tableId, KEY, "e");
    }

    private boolean exists() {
        return api.getItem("{'TableName': 'Music', 'Key': {'p': {'S': 'a'}}}").item() != null;
    }

    @Test
    void anExpiredItemGoesInTheNameOfTheService() {
        put("{'N': '" + NOW_SECONDS + "'}");
        Plan<CommandOutcome> plan = new CommandOperation(command(tableId())).plan(engine);
        assertThat(plan.userIdentity()).isEqualTo(UserIdentity.TIME_TO_LIVE);
        assertThat(expire()).isEqualTo(CommandOutcome.APPLIED);
        assertThat(exists()).isFalse();
        assertThat(expire()).isEqualTo(CommandOutcome.CONDITION_FAILED);
    }

    @Test
    void aTimeMovedJustBeforeWins() {
        put("{'N': '" + NOW_SECONDS + "'}");
        api.updateItem("{'TableName': 'Music', 'Key': {'p': {'S': 'a'}}, 'UpdateExpression': 'SET e = :e',"
                + "'ExpressionAttributeValues': {':e': {'N': '" + (NOW_SECONDS + 1_000) + "'}}}");
        assertThat(expire()).isEqualTo(CommandOutcome.CONDITION_FAILED);
        assertThat(exists()).isTrue();
    }

    @Test
    void aRemovedOrMistypedTimeWins() {
        put("{'S': '" + NOW_SECONDS + "'}");
        assertThat(expire()).isEqualTo(CommandOutcome.CONDITION_FAILED);
        api.putItem("{'TableName': 'Music', 'Item': {'p': {'S': 'a'}}}");
        assertThat(expire()).isEqualTo(CommandOutcome.CONDITION_FAILED);
        assertThat(exists()).isTrue();
    }

    @Test
    void aTimeMoreThanFiveYearsAgoIsAMistake() {
        put("{'N': '" + (NOW_SECONDS - 6 * 366 * 86_400L) + "'}");
        assertThat(expire()).isEqualTo(CommandOutcome.CONDITION_FAILED);
        put("{'N': '" + (NOW_SECONDS - 4 * 366 * 86_400L) + "'}");
        assertThat(expire()).isEqualTo(CommandOutcome.APPLIED);
    }

    @Test
    void nothingExpiresOnceTimeToLiveIsOffOrByAnotherAttribute() {
        put("{'N': '" + NOW_SECONDS + "'}");
        switchTimeToLive("e", false);
        assertThat(expire()).isEqualTo(CommandOutcome.CONDITION_FAILED);
        switchTimeToLive("other", true);
        assertThat(expire()).isEqualTo(CommandOutcome.CONDITION_FAILED);
        assertThat(exists()).isTrue();
    }

    @Test
    void aTableOfTheSameNameIsAnotherOne() {
        int old = tableId();
        api.deleteTable("{'TableName': 'Music'}");
        createTable();
        put("{'N': '" + NOW_SECONDS + "'}");
        assertThat(api.write(new CommandOperation(command(old)))).isEqualTo(CommandOutcome.TABLE_MISSING);
        assertThat(exists()).isTrue();
    }

    @Test
    void onlyDeletesDependOnTimeToLive() {
        assertThatThrownBy(() -> new Command(
                        "id", "ttl", "Music", 1, new Command.Put(KEY), null, Map.of(), Map.of(), null, "e", null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
