package io.tailrace.processors.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.processors.activity.ActivityResults.BytesPerMinute;
import io.tailrace.processors.activity.ActivityResults.PageTotal;
import io.tailrace.processors.activity.ActivityResults.Summary;
import io.tailrace.processors.activity.ActivityResults.Totals;
import io.tailrace.processors.activity.ActivityResults.TypePerMinute;
import io.tailrace.processors.activity.ActivityResults.TypeTotal;
import io.tailrace.processors.activity.ActivityResults.UsersPerMinute;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Command;
import io.tailrace.schemas.model.EventName;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.StreamRecord;
import io.tailrace.schemas.topic.RecordHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves that every activity counts once in each result, in any order and however late, and what becomes of bad ones. */
class ActivityTopologyTest {
    private static final Instant FROM = Instant.parse("2015-05-17T00:00:00Z");
    private static final Instant TO = Instant.parse("2015-05-18T00:00:00Z");

    private ActivityDriver activity;

    @BeforeEach
    void start() {
        activity = new ActivityDriver();
    }

    @AfterEach
    void stop() {
        activity.close();
    }

    @Test
    void countsByMinuteTypePageAndUser() {
        activity.act("ada", "2015-05-17T10:05:03.000Z#0000000001", "view", "/a", 100);
        activity.act("ada", "2015-05-17T10:05:59.999Z#0000000002", "view", "/b", 20);
        activity.act("bob", "2015-05-17T10:05:30.000Z#0000000003", "download", "/b", 3);
        activity.act("bob", "2015-05-17T10:06:00.000Z#0000000004", "view", "/a", 0);
        activity.publish();

        Instant first = Instant.parse("2015-05-17T10:05:00Z");
        Instant second = Instant.parse("2015-05-17T10:06:00Z");
        ActivityQueries queries = activity.queries();
        assertThat(queries.actionsPerTypePerMinute(FROM, TO))
                .containsExactly(
                        new TypePerMinute(first, "download", 1, 3),
                        new TypePerMinute(first, "view", 2, 120),
                        new TypePerMinute(second, "view", 1, 0));
        assertThat(queries.activeUsersPerMinute(FROM, TO))
                .containsExactly(new UsersPerMinute(first, 2, 3), new UsersPerMinute(second, 1, 1));
        assertThat(queries.activeUsersPerMinute(second, TO)).containsExactly(new UsersPerMinute(second, 1, 1));
        assertThat(queries.activeUsersPerMinute(FROM, second)).containsExactly(new UsersPerMinute(first, 2, 3));
        assertThat(queries.bytesServedPerMinute(FROM, TO))
                .containsExactly(new BytesPerMinute(first, 123, 3), new BytesPerMinute(second, 0, 1));
        assertThat(queries.bytesServed()).isEqualTo(123);
        assertThat(queries.actionsPerType())
                .containsExactly(new TypeTotal("download", 1, 3), new TypeTotal("view", 3, 120));
        assertThat(queries.summary()).isEqualTo(new Summary(4, 123, 2, 2, 4, Duration.ofMillis(56_999 + 30_000)));
    }

    @Test
    void topPagesAreThoseWithTheMostActionsOrBytes() {
        activity.act("ada", "2015-05-17T10:00:00Z", "view", "/big", 1000);
        activity.act("ada", "2015-05-17T10:00:01Z", "view", "/often", 1);
        activity.act("ada", "2015-05-17T10:00:02Z", "view", "/often", 1);
        activity.act("ada", "2015-05-17T10:00:03Z", "view", "/other", 5);
        activity.publish();

        PageTotal big = new PageTotal("/big", 1, 1000);
        PageTotal often = new PageTotal("/often", 2, 2);
        PageTotal other = new PageTotal("/other", 1, 5);
        assertThat(activity.queries().topPages(2, PageOrder.ACTIONS)).containsExactly(often, big);
        assertThat(activity.queries().topPages(2, PageOrder.BYTES)).containsExactly(big, other);
        assertThat(activity.queries().topPages(9, PageOrder.BYTES)).containsExactly(big, other, often);
        assertThatThrownBy(() -> activity.queries().topPages(0, PageOrder.BYTES))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anActivityYearsLateCountsInItsOwnMinute() {
        activity.act("ada", "2026-03-01T10:00:00Z", "view", "/a", 1);
        activity.publish();
        activity.act("ada", "2015-05-17T10:00:00Z", "view", "/a", 2);
        activity.act("ada", "1969-12-31T23:59:59.500Z", "view", "/a", 4);
        activity.publish();

        assertThat(activity.queries().bytesServedPerMinute(FROM, TO))
                .containsExactly(new BytesPerMinute(Instant.parse("2015-05-17T10:00:00Z"), 2, 1));
        assertThat(activity.queries().bytesServedPerMinute(Instant.parse("1900-01-01T00:00:00Z"), TO))
                .hasSize(2)
                .contains(new BytesPerMinute(Instant.parse("1969-12-31T23:59:00Z"), 4, 1));
        assertThat(activity.queries().sessions("ada", 10)).hasSize(3);
        assertThat(activity.queries().totals().events()).isEqualTo(3);
    }

    @Test
    void aSessionEndsAfterThirtyMinutesWithoutActivity() {
        activity.act("ada", "2015-05-17T10:00:00Z", "view", "/a", 1);
        activity.act("ada", "2015-05-17T10:30:00Z", "view", "/a", 1);
        activity.act("ada", "2015-05-17T11:00:00.001Z", "view", "/a", 1);
        activity.publish();

        assertThat(activity.queries().sessions("ada", 10))
                .containsExactly(
                        session("ada", "2015-05-17T10:00:00Z", "2015-05-17T10:30:00Z", 2),
                        session("ada", "2015-05-17T11:00:00.001Z", "2015-05-17T11:00:00.001Z", 1));
        assertThat(activity.queries().sessions("ada", 1))
                .containsExactly(session("ada", "2015-05-17T11:00:00.001Z", "2015-05-17T11:00:00.001Z", 1));
    }

    @Test
    void aLateActivityJoinsTwoSessionsAndTheTableFollows() {
        activity.act("ada", "2015-05-17T10:50:00Z", "view", "/a", 1);
        activity.act("ada", "2015-05-17T10:00:00Z", "view", "/a", 1);
        activity.publish();
        assertThat(activity.queries().sessions("ada", 10)).hasSize(2);
        assertThat(activity.number("Totals", "all", "Sessions")).isEqualTo(2);
        assertThat(activity.analyticsItems("Sessions#")).isEqualTo(2);

        activity.act("ada", "2015-05-17T10:25:00Z", "view", "/a", 1);
        activity.publish();
        UserSession joined = session("ada", "2015-05-17T10:00:00Z", "2015-05-17T10:50:00Z", 3);
        assertThat(activity.queries().sessions("ada", 10)).containsExactly(joined);
        assertThat(activity.queries().summary()).isEqualTo(new Summary(3, 3, 1, 1, 3, Duration.ofMinutes(50)));
        assertThat(activity.analytics("Sessions#ada", "2015-05-17T10:00:00Z")).isEqualTo(AnalyticsItems.of(joined));
        assertThat(activity.analyticsItems("Sessions#")).isEqualTo(1);
        assertThat(activity.number("Totals", "all", "Sessions")).isEqualTo(1);
    }

    @Test
    void anEarlierActivityMovesASessionsStart() {
        activity.act("ada", "2015-05-17T10:20:00Z", "view", "/a", 1);
        activity.publish();
        activity.act("ada", "2015-05-17T10:00:00Z", "view", "/a", 1);
        activity.publish();

        assertThat(activity.queries().sessions(10))
                .containsExactly(session("ada", "2015-05-17T10:00:00Z", "2015-05-17T10:20:00Z", 2));
        assertThat(activity.analyticsItems("Sessions#")).isEqualTo(1);
    }

    @Test
    void usersWhoseNamesBeginAlikeHaveTheirOwnSessions() {
        activity.act("a", "2015-05-17T10:00:00Z", "view", "/a", 1);
        activity.act("ab", "2015-05-17T10:01:00Z", "view", "/a", 1);
        activity.act("a\0", "2015-05-17T10:02:00Z", "view", "/a", 1);
        activity.publish();

        assertThat(activity.queries().sessions("a", 10)).hasSize(1);
        assertThat(activity.queries().sessions("ab", 10)).hasSize(1);
        assertThat(activity.queries().sessions(2)).hasSize(2);
        assertThat(activity.queries().summary().users()).isEqualTo(3);
    }

    @Test
    void onlyInsertsCountAndEachOnce() {
        Item item = ActivityDriver.item("ada", "2015-05-17T10:00:00Z", "view", "/a", 1);
        StreamRecord insert = activity.insert(item);
        activity.pipe(insert);
        activity.pipe(insert);
        StreamRecord modify = activity.record(EventName.MODIFY, item);
        activity.pipe(modify);
        activity.pipe(insert);
        activity.pipe(activity.record(EventName.REMOVE, item));
        activity.publish();

        assertThat(activity.queries().totals().events()).isEqualTo(1);
        assertThat(activity.duplicates()).isEqualTo(2);
    }

    @Test
    void changesOfOneResultAreWrittenBackTogether() {
        for (int i = 0; i < 10; i++) {
            activity.act("ada", "2015-05-17T10:00:0" + i + "Z", "view", "/a", 7);
        }
        List<Command> published = activity.publish();

        assertThat(published).hasSize(6);
        assertThat(published).allSatisfy(command -> {
            assertThat(command.origin()).isEqualTo("activity");
            assertThat(command.tableName()).isEqualTo("UserActivityAnalytics");
        });
        assertThat(published.stream().map(Command::id)).doesNotHaveDuplicates();
        assertThat(activity.number("ActionsPerMinute#view", "2015-05-17T10:00:00Z", "Actions"))
                .isEqualTo(10);
        assertThat(activity.number("ActivityPerMinute", "2015-05-17T10:00:00Z", "ActiveUsers"))
                .isEqualTo(1);
        assertThat(activity.number("ActionsPerType", "view", "Bytes")).isEqualTo(70);
        assertThat(activity.number("Pages", "/a", "Actions")).isEqualTo(10);
        assertThat(activity.number("Totals", "all", "Bytes")).isEqualTo(70);
        assertThat(activity.number("Sessions#ada", "2015-05-17T10:00:00Z", "LengthMillis"))
                .isEqualTo(9000);
        assertThat(activity.publish()).isEmpty();
    }

    @Test
    void totalsAgreeWithOneAnother() {
        for (int i = 0; i < 200; i++) {
            activity.act(
                    "user" + i % 7,
                    FROM.plusSeconds(i * 7919L % 80_000).toString(),
                    "type" + i % 3,
                    "/page" + i % 11,
                    i);
        }
        activity.publish();

        Totals totals = activity.queries().totals();
        assertThat(totals.events()).isEqualTo(200);
        assertThat(totals.minuteActions()).isEqualTo(200);
        assertThat(totals.minuteTypeActions()).isEqualTo(200);
        assertThat(totals.sessionActions()).isEqualTo(200);
        assertThat(totals.summary().sessionActions()).isEqualTo(200);
        assertThat(totals.sessions()).isEqualTo(totals.summary().sessions());
        assertThat(totals.perType()).isEqualTo(Map.of("type0", 67L, "type1", 67L, "type2", 66L));
        assertThat(totals.perPage().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(200);
        assertThat(List.of(totals.bytes(), totals.minuteBytes(), totals.typeBytes(), totals.pageBytes()))
                .containsOnly(199L * 200 / 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UserID", "Timestamp", "ActivityType", "Page"})
    void anActivityWithoutAnAttributeIsADeadLetter(String missing) {
        Item good = ActivityDriver.item("ada", "2015-05-17T10:00:00Z", "view", "/a", 1);
        activity.pipe(activity.insert(good.toBuilder().remove(missing).build()));
        activity.pipe(activity.insert(good.with(missing, AttributeValue.number(1))));
        activity.pipe(activity.insert(good));
        activity.publish();

        assertThat(activity.queries().totals().events()).isEqualTo(1);
        assertThat(activity.driver().deadLetters().readRecordsToList())
                .hasSize(2)
                .allSatisfy(letter -> {
                    assertThat(text(letter, RecordHeaders.ERROR_MESSAGE)).contains(missing);
                    assertThat(text(letter, RecordHeaders.FAILED_IN)).isEqualTo("activity/aggregation");
                    assertThat(text(letter, RecordHeaders.SOURCE_TOPIC)).endsWith(".stream.UserActivity");
                    assertThat(letter.value()).isNotEmpty();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "", "#1", "2015-05-17 10:00:00", "+12015-05-17T10:00:00Z"})
    void anUnreadableTimestampIsADeadLetter(String timestamp) {
        activity.act("ada", timestamp, "view", "/a", 1);
        activity.publish();

        assertThat(activity.queries().totals().events()).isZero();
        TestRecord<byte[], byte[]> letter = activity.driver().deadLetters().readRecord();
        assertThat(text(letter, RecordHeaders.ERROR_MESSAGE)).contains("Timestamp");
        assertThat(RecordHeaders.longValue(
                        letter.headers().lastHeader(RecordHeaders.SOURCE_OFFSET).value()))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "1e30"})
    void bytesThatAreNoNumberOfBytesAreADeadLetter(String bytes) {
        activity.pipe(activity.insert(ActivityDriver.item("ada", "2015-05-17T10:00:00Z", "view", "/a", 1)
                .with("Bytes", AttributeValue.number(bytes))));
        activity.publish();

        assertThat(activity.queries().totals().events()).isZero();
        assertThat(activity.driver().deadLetters().getQueueSize()).isEqualTo(1);
    }

    @Test
    void bytesMayBeMissing() {
        activity.pipe(activity.insert(ActivityDriver.item("ada", "2015-05-17T10:00:00Z", "view", "/a", 1).toBuilder()
                .remove("Bytes")
                .build()));
        activity.publish();

        assertThat(activity.queries().summary().events()).isEqualTo(1);
        assertThat(activity.queries().bytesServed()).isZero();
    }

    @Test
    void bytesThatAreNoRecordAreADeadLetter() {
        activity.pipeRaw(new byte[] {9, 9});
        activity.act("ada", "2015-05-17T10:00:00Z", "view", "/a", 1);
        activity.publish();

        assertThat(activity.queries().totals().events()).isEqualTo(1);
        // The driver loses what is sent between two transactions, so only the count shows; the broker test has the
        // rest.
        assertThat(activity.driver().deadLetterCount()).isEqualTo(1);
    }

    private static UserSession session(String user, String start, String end, long actions) {
        return new UserSession(user, Instant.parse(start), Instant.parse(end), actions);
    }

    private static String text(TestRecord<byte[], byte[]> letter, String header) {
        return RecordHeaders.textValue(letter.headers().lastHeader(header).value());
    }
}
