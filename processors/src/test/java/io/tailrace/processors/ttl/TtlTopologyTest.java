package io.tailrace.processors.ttl;

import static io.tailrace.processors.ttl.ExpiringTables.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.processors.runtime.TestDriver;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.Command;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.UserIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Proves the rules by which items are asked to be deleted: which, when, how often, how fast, and which are forgotten. */
class TtlTopologyTest {
    private static final int TABLE = 10;
    private static final int OTHER = 20;
    private static final Instant SOON = TestDriver.START.plusSeconds(10);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TtlDriver ttl = new TtlDriver(1_000);
    private final ExpiringTables tables = ttl.tables();

    @BeforeEach
    void create() {
        ttl.pipe(tables.create(TABLE, "Expires"));
    }

    @AfterEach
    void close() {
        ttl.close();
    }

    private static Item key(String id) {
        return Item.builder().set("Id", id).build();
    }

    private static Item expiring(String id, AttributeValue value) {
        return item(id, "Expires", value);
    }

    @Test
    void anItemIsAskedForAtItsTime() {
        ttl.pipe(tables.put(TABLE, "a", SOON));
        assertThat(ttl.advance(Duration.ofMillis(9_750))).isEmpty();
        List<Command> commands = ttl.advance(Duration.ofMillis(250));
        assertThat(commands).hasSize(1);
        Command command = commands.get(0);
        assertThat(command.action()).isEqualTo(new Command.Delete(key("a")));
        assertThat(command.tableName()).isEqualTo("Table10");
        assertThat(command.tableId()).isEqualTo(TABLE);
        assertThat(command.timeToLiveAttribute()).isEqualTo("Expires");
        assertThat(command.userIdentity()).isEqualTo(UserIdentity.TIME_TO_LIVE);
    }

    @Test
    void itIsAskedForOnceWhileItsDeletionIsUnderWay() {
        ttl.pipe(tables.put(TABLE, "a", SOON));
        assertThat(ttl.advanceAndApply(Duration.ofSeconds(11))).isEqualTo(1);
        assertThat(ttl.advance(Duration.ofMinutes(1))).isEmpty();
        assertThat(ttl.pending()).isZero();
        assertThat(ttl.status().itemsDeleted()).isEqualTo(1);
    }

    @Test
    void aCommandThatWasLostIsSentAgain() {
        ttl.pipe(tables.put(TABLE, "a", SOON));
        assertThat(ttl.advance(Duration.ofSeconds(11))).hasSize(1);
        assertThat(ttl.status().overdueMillis()).isEqualTo(1_000);
        assertThat(ttl.advance(SentCommands.RETRY_AFTER.minusSeconds(2))).isEmpty();
        assertThat(ttl.advance(Duration.ofSeconds(2))).hasSize(1);
        assertThat(ttl.pending()).isEqualTo(1);
    }

    @Test
    void fractionsAndExponentsAreTimes() {
        ttl.pipe(tables.put(TABLE, expiring("a", AttributeValue.number(SOON.getEpochSecond() + ".5"))));
        ttl.pipe(tables.put(TABLE, expiring("b", AttributeValue.number("1.77232321E9"))));
        assertThat(Instant.ofEpochSecond(1_772_323_210)).isEqualTo(SOON);
        assertThat(ttl.advance(Duration.ofMillis(10_250)))
                .extracting(Command::action)
                .containsExactly(new Command.Delete(key("b")));
        assertThat(ttl.advance(Duration.ofMillis(250)))
                .extracting(Command::action)
                .containsExactly(new Command.Delete(key("a")));
    }

    @Test
    void otherTypesAndNoTimesAreNotKept() {
        ttl.pipe(tables.put(TABLE, expiring("a", AttributeValue.string("1772323210"))));
        ttl.pipe(tables.put(TABLE, expiring("b", AttributeValue.Bool.TRUE)));
        ttl.pipe(tables.put(TABLE, expiring("c", AttributeValue.number("-5"))));
        ttl.pipe(tables.put(TABLE, item("d", "Other", AttributeValue.number("1772323210"))));
        assertThat(ttl.pending()).isZero();
        assertThat(ttl.advance(Duration.ofSeconds(11))).isEmpty();
    }

    @Test
    void aTimeMoreThanFiveYearsAgoIsNotKept() {
        ttl.pipe(tables.put(TABLE, "old", TestDriver.START.minus(Duration.ofDays(5 * 366))));
        ttl.pipe(tables.put(TABLE, "less", TestDriver.START.minus(Duration.ofDays(5 * 365))));
        assertThat(ttl.pending()).isEqualTo(1);
        assertThat(ttl.advance(SECOND)).extracting(Command::action).containsExactly(new Command.Delete(key("less")));
    }

    @Test
    void aChangedTimeReplacesTheEarlierOne() {
        ttl.pipe(tables.put(TABLE, "later", SOON));
        ttl.pipe(tables.put(TABLE, "later", SOON.plusSeconds(100)));
        ttl.pipe(tables.put(TABLE, "sooner", SOON.plusSeconds(200)));
        ttl.pipe(tables.put(TABLE, "sooner", SOON));
        ttl.pipe(tables.put(TABLE, "removed", SOON));
        ttl.pipe(tables.put(TABLE, key("removed")));
        ttl.pipe(tables.put(TABLE, "mistyped", SOON));
        ttl.pipe(tables.put(TABLE, expiring("mistyped", AttributeValue.string("soon"))));
        ttl.pipe(tables.put(TABLE, "deleted", SOON));
        ttl.pipe(tables.delete(TABLE, "deleted"));
        assertThat(ttl.pending()).isEqualTo(2);
        assertThat(ttl.advance(Duration.ofSeconds(11)))
                .extracting(Command::action)
                .containsExactly(new Command.Delete(key("sooner")));
        assertThat(ttl.advance(Duration.ofSeconds(100)))
                .extracting(Command::action)
                .contains(new Command.Delete(key("later")));
    }

    @Test
    void anItemThatIsPutAgainLaterIsLeftAlone() {
        ttl.pipe(tables.put(TABLE, "a", SOON));
        List<Command> late = ttl.advance(Duration.ofSeconds(11));
        ttl.pipe(tables.put(TABLE, "a", SOON.plusSeconds(100)));
        assertThat(tables.apply(late.get(0))).isEmpty();
        assertThat(ttl.advance(Duration.ofSeconds(80))).isEmpty();
        assertThat(ttl.advanceAndApply(Duration.ofSeconds(20))).isEqualTo(1);
    }

    @Test
    void aKeyAttributeMayHoldTheTime() {
        ttl.pipe(tables.create(OTHER, "Id")); // which is a string here: nothing can expire
        ttl.pipe(tables.put(OTHER, "a", SOON));
        assertThat(ttl.pending()).isZero();
    }

    @Test
    void itemsThatWereThereAreToldAgainAndExpire() {
        ttl.pipe(tables.create(OTHER, null));
        ttl.pipe(tables.put(OTHER, "a", SOON));
        assertThat(ttl.pending()).isZero();
        ttl.pipe(tables.timeToLive(OTHER, "Expires"));
        ttl.pipe(tables.backfill(OTHER, key("a")));
        ttl.pipe(tables.backfill(OTHER, key("a")));
        assertThat(ttl.pending()).isEqualTo(1);
        assertThat(ttl.advanceAndApply(Duration.ofSeconds(11))).isEqualTo(1);
    }

    @Test
    void switchingOffForgetsWhatIsPendingStepByStep() {
        int items = 2 * ExpiryProcessor.FORGOTTEN_PER_TICK + 10;
        for (int i = 0; i < items; i++) {
            ttl.pipe(tables.put(TABLE, "a" + i, SOON));
        }
        ttl.pipe(tables.timeToLive(TABLE, null));
        ttl.pipe(tables.put(TABLE, "b", SOON));
        assertThat(ttl.pending()).isEqualTo(items);
        ttl.advance(ExpiryProcessor.TICK);
        assertThat(ttl.pending()).isEqualTo(items - ExpiryProcessor.FORGOTTEN_PER_TICK);
        assertThat(ttl.advance(Duration.ofSeconds(20))).isEmpty();
        assertThat(ttl.pending()).isZero();
    }

    @Test
    void switchingOnAgainBeginsAnew() {
        ttl.pipe(tables.put(TABLE, "a", SOON));
        ttl.pipe(tables.timeToLive(TABLE, null));
        ttl.pipe(tables.timeToLive(TABLE, "Until"));
        ttl.pipe(tables.put(TABLE, item("b", "Until", AttributeValue.number(SOON.getEpochSecond()))));
        assertThat(ttl.pending()).isEqualTo(2);
        List<Command> commands = ttl.advance(Duration.ofSeconds(11));
        assertThat(commands).extracting(Command::timeToLiveAttribute).containsExactly("Until");
        assertThat(ttl.pending()).isEqualTo(1);
    }

    @Test
    void otherChangesOfATableLeaveWhatIsPending() {
        ttl.pipe(tables.put(TABLE, "a", SOON));
        ttl.pipe(tables.touch(TABLE));
        assertThat(ttl.advance(Duration.ofSeconds(11))).hasSize(1);
    }

    @Test
    void aDeletedTableIsForgotten() {
        ttl.pipe(tables.put(TABLE, "a", SOON));
        ChangeRecord late = tables.put(TABLE, "b", SOON);
        ttl.pipe(tables.drop(TABLE));
        ttl.pipe(late);
        assertThat(ttl.unknownTables()).isEqualTo(1);
        assertThat(ttl.advance(Duration.ofSeconds(11))).isEmpty();
        assertThat(ttl.pending()).isZero();
    }

    @Test
    void whatIsOverdueGoesAtABoundedRate() {
        for (int i = 0; i < 3_000; i++) {
            ttl.pipe(tables.put(TABLE, "a" + i, SOON));
        }
        assertThat(ttl.advanceAndApply(Duration.ofSeconds(10))).isEqualTo(250);
        int seconds = 0;
        int deleted = 250;
        while (deleted < 3_000) {
            int now = ttl.advanceAndApply(SECOND);
            assertThat(now).isPositive().isLessThanOrEqualTo(1_000);
            deleted += now;
            seconds++;
        }
        assertThat(seconds).isBetween(3, 4);
        assertThat(ttl.pending()).isZero();
    }

    @Test
    void anEngineThatDoesNotAnswerIsNotSentMoreAndMore() {
        for (int i = 0; i < 6_000; i++) {
            ttl.pipe(tables.put(TABLE, "a" + i, TestDriver.START));
        }
        assertThat(ttl.advance(SentCommands.RETRY_AFTER.minus(SECOND)).size()).isEqualTo(4_000);
    }

    @Test
    void aTableWithMuchDueLeavesRoomForOthers() {
        ttl.pipe(tables.create(OTHER, "Expires"));
        for (int i = 0; i < 2_000; i++) {
            ttl.pipe(tables.put(TABLE, "a" + i, SOON));
        }
        ttl.pipe(tables.put(OTHER, "b", SOON.plusMillis(500)));
        assertThat(ttl.advance(Duration.ofSeconds(11)))
                .hasSizeLessThan(2_000)
                .extracting(Command::tableId)
                .contains(OTHER);
    }

    @Test
    void changesOfOtherTablesAreNotDecoded() {
        ttl.pipe(tables.create(OTHER, null));
        ChangeRecord record = tables.put(OTHER, "a", SOON);
        ttl.pipeRaw(TtlDriver.topicKey(record), new byte[] {1, 2, 3});
        assertThat(ttl.driver().deadLetterCount()).isZero();
    }

    @Test
    void poisonGoesToTheDeadLetters() {
        ChangeRecord record = tables.put(TABLE, "a", SOON);
        ttl.pipeRaw(TtlDriver.topicKey(record), new byte[] {1, 2, 3});
        ttl.pipeRaw(null, new byte[] {1});
        ttl.pipe(record);
        assertThat(ttl.driver().deadLetterCount()).isEqualTo(2);
        assertThat(ttl.advance(Duration.ofSeconds(11))).hasSize(1);
    }

    @Test
    void itTellsHowFarItIs() {
        ttl.pipe(tables.put(TABLE, "a", SOON));
        ttl.pipe(tables.put(TABLE, "b", SOON.plusSeconds(60)));
        ttl.advance(Duration.ofSeconds(5));
        assertThat(ttl.status()).isEqualTo(new TtlStatus(2, 0, 0, 0));
        ttl.advance(Duration.ofSeconds(7));
        assertThat(ttl.status()).isEqualTo(new TtlStatus(2, 2_000, 1, 0));
    }
}
