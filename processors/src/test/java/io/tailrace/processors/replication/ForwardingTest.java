package io.tailrace.processors.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.codec.ChangeRecordCodec;
import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.BillingMode;
import io.tailrace.schemas.model.Change;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.Change.ItemChange;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.Command;
import io.tailrace.schemas.model.GlobalTable;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemVersion;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.KeySchema;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.model.UserIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A change is forwarded by the region that accepted it, as it is, and by no other; what concerns one region stays there. */
class ForwardingTest {
    private static final String HERE = "eu-west-1";
    private static final String THERE = "us-east-1";
    private static final Item KEY = Item.builder().set("pk", "a").build();
    private static final Item ITEM = KEY.toBuilder().set("value", 1).build();
    private static final Item OTHER = KEY.toBuilder().set("value", 2).build();
    private static final ItemVersion VERSION = new ItemVersion(Instant.ofEpochSecond(7), HERE);

    @Test
    void whatWasAcceptedHereIsForwarded() {
        Command put = forward(null, null, ITEM, VERSION).orElseThrow();
        assertThat(put.tableName()).isEqualTo("T");
        assertThat(put.action()).isEqualTo(new Command.Put(ITEM));
        assertThat(put.version()).isEqualTo(VERSION);
        assertThat(put.conditionExpression()).isNull();
        assertThat(forward(null, ITEM, OTHER, VERSION).orElseThrow().action()).isEqualTo(new Command.Put(OTHER));
        Command delete = forward(null, ITEM, null, VERSION).orElseThrow();
        assertThat(delete.action()).isEqualTo(new Command.Delete(KEY));
    }

    @Test
    void whatCameFromAnotherRegionIsNot() {
        ItemVersion theirs = new ItemVersion(Instant.ofEpochSecond(7), THERE);
        assertThat(forward(THERE, null, ITEM, theirs)).isEmpty();
        assertThat(forward(THERE, ITEM, ITEM, theirs)).isEmpty();
        // One's own write that came back, to a replica that is new.
        assertThat(forward(HERE, null, ITEM, VERSION)).isEmpty();
    }

    @Test
    void writesThatChangedNothingAreForwardedForTheirVersion() {
        assertThat(forward(HERE, ITEM, ITEM, VERSION).orElseThrow().version()).isEqualTo(VERSION);
        assertThat(forward(HERE, null, null, VERSION).orElseThrow().action()).isEqualTo(new Command.Delete(KEY));
    }

    @Test
    void whatIsToldAgainIsForwardedWhoeverAcceptedIt() {
        ItemVersion theirs = new ItemVersion(Instant.ofEpochSecond(7), THERE);
        assertThat(forward(null, ITEM, ITEM, theirs).orElseThrow().version()).isEqualTo(theirs);
        assertThat(forward(null, ITEM, ITEM, null)).isEmpty();
    }

    @Test
    void tablesOfOneRegionAreNobodyElsesBusiness() {
        assertThat(forward(null, null, ITEM, null)).isEmpty();
        assertThat(Forwarding.ofTable(
                        record(null, new CatalogChange(CatalogChange.Action.CREATE_TABLE, table(null)), null),
                        "id",
                        0,
                        1))
                .isEmpty();
    }

    @Test
    void theServicesIdentityStaysWhereTheItemExpired() {
        ChangeRecord expired = new ChangeRecord(
                1,
                0,
                1,
                Instant.EPOCH,
                HERE,
                null,
                UserIdentity.TIME_TO_LIVE,
                new ItemChange(1, "T", KEY, ITEM, null),
                VERSION);
        assertThat(Forwarding.ofItem(expired, "id").orElseThrow().userIdentity())
                .isNull();
    }

    @Test
    void whatHappensToAGlobalTableIsTold() {
        GlobalTable global =
                new GlobalTable("g", Instant.EPOCH, HERE, false, List.of(), Map.of(), Map.of(), List.of(), List.of());
        for (CatalogChange.Action action : CatalogChange.Action.values()) {
            ChangeRecord record = record(null, new CatalogChange(action, table(global)), null);
            Command command = Forwarding.ofTable(record, "id", 2, 4).orElseThrow();
            Command.TellTable told = (Command.TellTable) command.action();
            assertThat(command.tableName()).isEqualTo("T");
            assertThat(told.partition()).isEqualTo(2);
            assertThat(told.partitions()).isEqualTo(4);
            assertThat(ChangeRecordCodec.decode(told.change().asByteBuffer())).isEqualTo(record);
        }
    }

    private static Optional<Command> forward(String origin, Item oldImage, Item newImage, ItemVersion version) {
        return Forwarding.ofItem(record(origin, new ItemChange(1, "T", KEY, oldImage, newImage), version), "id");
    }

    private static ChangeRecord record(String origin, Change change, ItemVersion version) {
        return new ChangeRecord(1, 0, 1, Instant.EPOCH, HERE, origin, null, change, version);
    }

    private static TableDefinition table(GlobalTable global) {
        KeyAttribute pk = new KeyAttribute("pk", AttributeType.S);
        TableDefinition table = new TableDefinition(
                1,
                "uuid",
                "T",
                KeySchema.simple(pk),
                Map.of("pk", AttributeType.S),
                List.of(),
                List.of(),
                BillingMode.PAY_PER_REQUEST,
                null,
                null,
                null,
                false,
                Map.of(),
                Instant.EPOCH);
        return table.withDetails(table.details().withGlobalTable(global));
    }
}
