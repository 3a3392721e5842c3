package io.tailrace.schemas.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Values are immutable, equal by content without regard to order, and never break their rules. */
class ModelTest {
    private static final KeySchema TABLE_KEY =
            KeySchema.composite(new KeyAttribute("pk", AttributeType.S), new KeyAttribute("sk", AttributeType.N));

    @Test
    void itemsAndMapsCompareWithoutOrder() {
        Item left = Item.builder().set("a", 1).set("b", "x").build();
        Item right = Item.builder().set("b", "x").set("a", 1).build();
        assertThat(left).isEqualTo(right).hasSameHashCodeAs(right);
        assertThat(left.names()).containsExactly("a", "b");
        assertThat(new AttributeValue.M(left.attributes())).isEqualTo(new AttributeValue.M(right.attributes()));
    }

    @Test
    void buildersAndCopiesDoNotReachIntoItems() {
        Item.Builder builder = Item.builder().set("a", 1);
        Item first = builder.build();
        Item second = builder.set("b", 2).build();
        assertThat(first.names()).containsExactly("a");
        assertThat(second.names()).containsExactly("b");
        Map<String, AttributeValue> attributes = new LinkedHashMap<>();
        attributes.put("a", AttributeValue.number(1));
        Item copy = Item.copyOf(attributes);
        attributes.clear();
        assertThat(copy.has("a")).isTrue();
        assertThatThrownBy(() -> copy.attributes().clear()).isInstanceOf(UnsupportedOperationException.class);
        List<AttributeValue> elements = new ArrayList<>(List.of(AttributeValue.number(1)));
        AttributeValue.L list = new AttributeValue.L(elements);
        elements.clear();
        assertThat(list.values()).hasSize(1);
    }

    @Test
    void setsAreNeverEmptyAndCompareNumbersByValue() {
        assertThatThrownBy(() -> new AttributeValue.SS(Set.of())).isInstanceOf(IllegalArgumentException.class);
        assertThat(new AttributeValue.NS(Set.of(DynamoNumber.parse("1.0"))))
                .isEqualTo(new AttributeValue.NS(Set.of(DynamoNumber.parse("1e0"))));
    }

    @Test
    void keySchemasKnowTheirAttributes() {
        Item item = Item.builder().set("pk", "u").set("sk", 1).set("x", "y").build();
        assertThat(TABLE_KEY.isCompleteIn(item)).isTrue();
        assertThat(TABLE_KEY.isCompleteIn(item.with("sk", AttributeValue.string("1"))))
                .isFalse();
        assertThat(TABLE_KEY.isCompleteIn(item.toBuilder().remove("pk").build()))
                .isFalse();
        assertThat(TABLE_KEY.keyOf(item).names()).containsExactly("pk", "sk");
        assertThat(TABLE_KEY.contains("x")).isFalse();
        assertThatThrownBy(() -> new KeyAttribute("a", AttributeType.BOOL)).hasMessageContaining("BOOL");
        assertThatThrownBy(() -> new KeySchema(List.of(), List.of())).hasMessageContaining("partition key");
    }

    @Test
    void projectionsAlwaysHoldAllKeys() {
        Item item = Item.builder()
                .set("pk", "u")
                .set("sk", 1)
                .set("gk", "g")
                .set("x", "y")
                .set("z", 2)
                .build();
        KeySchema indexKey = KeySchema.simple(new KeyAttribute("gk", AttributeType.S));
        assertThat(Projection.ALL.apply(item, TABLE_KEY, indexKey)).isEqualTo(item);
        assertThat(Projection.KEYS_ONLY.apply(item, TABLE_KEY, indexKey).names())
                .containsExactlyInAnyOrder("pk", "sk", "gk");
        assertThat(new Projection(Projection.Type.INCLUDE, List.of("z", "gone"))
                        .apply(item, TABLE_KEY, indexKey)
                        .names())
                .containsExactlyInAnyOrder("pk", "sk", "gk", "z");
    }

    @Test
    void binariesAreOrderedUnsignedAndSearchable() {
        Binary low = Binary.copyOf(new byte[] {1});
        Binary high = Binary.copyOf(new byte[] {(byte) 0x80});
        Binary both = Binary.copyOf(new byte[] {1, (byte) 0x80});
        assertThat(low).isLessThan(high);
        assertThat(low).isLessThan(both);
        assertThat(both.startsWith(low)).isTrue();
        assertThat(both.startsWith(high)).isFalse();
        assertThat(both.contains(high)).isTrue();
        assertThat(low.contains(both)).isFalse();
        assertThat(both.contains(Binary.EMPTY)).isTrue();
        assertThat(both.asByteBuffer().isReadOnly()).isTrue();
    }

    @Test
    void eventNamesFollowFromTheImages() {
        Item item = Item.builder().set("pk", "u").build();
        assertThat(new Change.ItemChange(1, "T", item, null, item).eventName()).isEqualTo(EventName.INSERT);
        assertThat(new Change.ItemChange(1, "T", item, item, item).eventName()).isEqualTo(EventName.MODIFY);
        assertThat(new Change.ItemChange(1, "T", item, item, null).eventName()).isEqualTo(EventName.REMOVE);
        Change nothing = new Change.ItemChange(1, "T", item, null, null);
        assertThatThrownBy(() -> new ChangeRecord(1, 0, 1, Instant.EPOCH, "r", null, null, nothing))
                .hasMessage("a change has an image or a version");
        ItemVersion version = new ItemVersion(Instant.EPOCH, "r");
        assertThat(new ChangeRecord(1, 0, 1, Instant.EPOCH, "r", "r", null, nothing, version).change())
                .isEqualTo(nothing);
    }

    @Test
    void changeRecordsAreCutToMicrosecondsAndCounted() {
        Item item = Item.builder().set("pk", "u").build();
        Change change = new Change.ItemChange(1, "T", item, null, item);
        assertThat(new ChangeRecord(1, 0, 1, Instant.ofEpochSecond(1, 1_999), "r", null, null, change).commitTime())
                .isEqualTo(Instant.ofEpochSecond(1, 1_000));
        assertThatThrownBy(() -> new ChangeRecord(1, 1, 1, Instant.EPOCH, "r", null, null, change))
                .hasMessage("mutation 1 of 1 in commit 1");
        assertThatThrownBy(() -> new ChangeRecord(0, 0, 1, Instant.EPOCH, "r", null, null, change))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theLaterWriteWinsAndOfTwoAtOnceThatOfTheGreaterRegion() {
        Instant time = Instant.ofEpochSecond(1, 1_000);
        ItemVersion version = new ItemVersion(time, "eu-west-1");
        assertThat(new ItemVersion(time.plusNanos(999), "eu-west-1")).isEqualTo(version);
        assertThat(new ItemVersion(time.plusNanos(1_000), "ap-east-1").isAfter(version))
                .isTrue();
        assertThat(new ItemVersion(time, "us-east-1").isAfter(version)).isTrue();
        assertThat(new ItemVersion(time, "ap-east-1").isAfter(version)).isFalse();
        assertThat(version.isAfter(version)).isFalse();
    }

    @Test
    void aWriteThatFollowsAnotherIsGreaterWhateverTheClockSays() {
        Instant time = Instant.ofEpochSecond(100);
        ItemVersion found = new ItemVersion(time, "us-east-1");
        assertThat(found.next(time.plusSeconds(1), "ap-east-1"))
                .isEqualTo(new ItemVersion(time.plusSeconds(1), "ap-east-1"));
        for (Instant early : List.of(time.minusSeconds(50), time, time.plusNanos(500))) {
            assertThat(found.next(early, "ap-east-1")).isEqualTo(new ItemVersion(time.plusNanos(1_000), "ap-east-1"));
        }
    }

    @Test
    void onlyItemsHaveVersionsAndReplicatedWritesDependOnNothingElse() {
        ItemVersion version = new ItemVersion(Instant.EPOCH, "r");
        Item key = Item.builder().set("pk", "u").build();
        Command.Delete delete = new Command.Delete(key);
        assertThat(Command.replicate("id", "replication", "T", delete, version).version())
                .isEqualTo(version);
        assertThatThrownBy(() -> new Command(
                        "id", "o", "T", 0, delete, "attribute_exists(a)", Map.of(), Map.of(), null, null, version))
                .hasMessage("a replicated write depends on its version only");
        assertThatThrownBy(() -> new Command.TellTable(Binary.EMPTY, 1, 1)).hasMessage("partition 1 of 1");
    }
}
