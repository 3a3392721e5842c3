package io.tailrace.schemas.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.schemas.ItemArbitraries;
import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.BillingMode;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.KeySchema;
import io.tailrace.schemas.model.Projection;
import io.tailrace.schemas.model.TableDefinition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.codec.digest.MurmurHash3;
import org.junit.jupiter.api.Test;

/** Keys of tables and indexes have the documented layout, and their ranges hold exactly the keys that they should. */
class StateKeysTest {
    private static final IndexDefinition INDEX = new IndexDefinition(
            9,
            "byKind",
            new KeySchema(
                    List.of(new KeyAttribute("kind", AttributeType.S), new KeyAttribute("zone", AttributeType.N)),
                    List.of(new KeyAttribute("sk", AttributeType.N))),
            Projection.ALL,
            null);
    private static final TableDefinition TABLE = new TableDefinition(
            7,
            "uuid",
            "T",
            KeySchema.composite(new KeyAttribute("pk", AttributeType.S), new KeyAttribute("sk", AttributeType.N)),
            Map.of("pk", AttributeType.S, "sk", AttributeType.N, "kind", AttributeType.S, "zone", AttributeType.N),
            List.of(),
            List.of(INDEX),
            BillingMode.PAY_PER_REQUEST,
            null,
            null,
            null,
            false,
            Map.of(),
            Instant.EPOCH);

    @Test
    void tableKeysAreIdHashAndKeys() {
        Item item = item("u1", 5);
        byte[] partitionKey = KeyCodec.encode(AttributeValue.string("u1"));
        byte[] key = StateKeys.tableKey(TABLE, item);
        assertThat(StateKeys.id(key)).isEqualTo(7);
        assertThat(StateKeys.hash(key)).isEqualTo(PartitionHash.of(TABLE.key(), item));
        assertThat(Arrays.copyOfRange(key, 8, key.length))
                .isEqualTo(StateKeys.concat(partitionKey, KeyCodec.encode(AttributeValue.number(5))));
        assertThat(StateKeys.topicKey(TABLE, item)).isEqualTo(StateKeys.concat(StateKeys.idPrefix(7), partitionKey));
        assertThat(StateKeys.streamTopicKey(TABLE, item)).isEqualTo(partitionKey);
    }

    @Test
    void indexKeysEndWithTheTablesKey() {
        Item item = item("u1", 5).with("kind", AttributeValue.string("k")).with("zone", AttributeValue.number(2));
        byte[] key = StateKeys.indexKey(TABLE, INDEX, item);
        assertThat(StateKeys.id(key)).isEqualTo(9);
        assertThat(StateKeys.hash(key)).isEqualTo(PartitionHash.of(INDEX.key(), item));
        assertThat(Arrays.copyOfRange(key, 8, key.length))
                .isEqualTo(StateKeys.concat(
                        KeyCodec.encode(AttributeValue.string("k")),
                        KeyCodec.encode(AttributeValue.number(2)),
                        KeyCodec.encode(AttributeValue.number(5)),
                        KeyCodec.encode(AttributeValue.string("u1")),
                        KeyCodec.encode(AttributeValue.number(5))));
        byte[] prefix = StateKeys.partitionPrefix(9, INDEX.key(), item);
        assertThat(Arrays.copyOf(key, prefix.length)).isEqualTo(prefix);
    }

    @Test
    void theHashIsMurmur3OfTheEncodedPartitionKey() {
        byte[] encoded = "u1\0\1".getBytes(StandardCharsets.UTF_8);
        assertThat(PartitionHash.of(TABLE.key(), item("u1", 5)))
                .isEqualTo(MurmurHash3.hash32x86(encoded, 0, encoded.length, 0));
    }

    @Property(tries = 500)
    void partitionsAreEqualRangesOfTheUnsignedHash(
            @ForAll int hash, @ForAll @IntRange(min = 1, max = 5000) int partitions) {
        long unsigned = Integer.toUnsignedLong(hash);
        int partition = PartitionHash.partition(hash, partitions);
        assertThat(partition).isBetween(0, partitions - 1);
        assertThat((long) partition << 32).isLessThanOrEqualTo(unsigned * partitions);
        assertThat((partition + 1L) << 32).isGreaterThan(unsigned * partitions);
    }

    @Property(tries = 500)
    void segmentsAreDisjointAndCompleteAndFollowTheHash(
            @ForAll("names") String name, @ForAll @IntRange(min = 1, max = 1000) int segments) {
        byte[] key = StateKeys.tableKey(TABLE, item(name, 1));
        int segment = PartitionHash.partition(StateKeys.hash(key), segments);
        assertThat(Arrays.compareUnsigned(key, StateKeys.segmentStart(7, segment, segments)))
                .isGreaterThanOrEqualTo(0);
        assertThat(Arrays.compareUnsigned(key, StateKeys.segmentEnd(7, segment, segments)))
                .isLessThan(0);
        for (int other = 0; other + 1 < segments; other++) {
            assertThat(StateKeys.segmentEnd(7, other, segments))
                    .isEqualTo(StateKeys.segmentStart(7, other + 1, segments));
        }
    }

    @Property(tries = 500)
    void theSuccessorEndsExactlyTheKeysWithAPrefix(@ForAll("names") String name, @ForAll("names") String other) {
        byte[] prefix = StateKeys.partitionPrefix(7, TABLE.key(), item(name, 1));
        byte[] end = StateKeys.successor(prefix);
        assertThat(inRange(StateKeys.tableKey(TABLE, item(name, Long.MAX_VALUE)), prefix, end))
                .isTrue();
        assertThat(inRange(StateKeys.tableKey(TABLE, item(name, Long.MIN_VALUE)), prefix, end))
                .isTrue();
        assertThat(inRange(StateKeys.tableKey(TABLE, item(other, 0)), prefix, end))
                .isEqualTo(name.equals(other));
    }

    @Test
    void theSuccessorCarriesOverBytesOfOnes() {
        assertThat(StateKeys.successor(new byte[] {1, (byte) 0xFF, (byte) 0xFF}))
                .isEqualTo(new byte[] {2});
        assertThat(StateKeys.successor(new byte[] {1, 0x7F})).isEqualTo(new byte[] {1, (byte) 0x80});
        assertThatThrownBy(() -> StateKeys.successor(new byte[] {(byte) 0xFF}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(StateKeys.after(new byte[] {5})).isEqualTo(new byte[] {5, 0});
    }

    @Test
    void segmentsOutsideTheTotalAreRefused() {
        assertThatThrownBy(() -> StateKeys.segmentStart(7, 3, 3)).hasMessage("segment 3 of 3");
        assertThatThrownBy(() -> StateKeys.segmentStart(7, -1, 3)).hasMessage("segment -1 of 3");
    }

    @Provide
    Arbitrary<String> names() {
        return ItemArbitraries.strings();
    }

    private static Item item(String partition, long sort) {
        return Item.builder()
                .set("pk", partition)
                .set("sk", sort)
                .set("other", "x")
                .build();
    }

    private static boolean inRange(byte[] key, byte[] from, byte[] to) {
        return Arrays.compareUnsigned(from, key) <= 0 && Arrays.compareUnsigned(key, to) < 0;
    }
}
