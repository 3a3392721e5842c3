package io.tailrace.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.engine.TestTables;
import io.tailrace.engine.journal.EntryCodec.MalformedEntryException;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.Item;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Shows that entries come back from their bytes as they were, and that no damaged byte passes. */
class EntryCodecTest {
    @Property(tries = 200)
    void entriesRoundTrip(@ForAll("entries") JournalEntry entry, @ForAll long durable) throws Exception {
        byte[] bytes = EntryCodec.encode(entry, durable);
        assertThat(bytes).hasSize((int) EntryCodec.encodedLength(entry));
        assertSame(EntryCodec.decode(bytes), entry);
        assertThat(EntryCodec.sequence(bytes)).isEqualTo(entry.sequence());
        assertThat(EntryCodec.durableSequence(bytes)).isEqualTo(durable);
    }

    @Test
    void everyFlippedBitIsFound() throws Exception {
        byte[] bytes = EntryCodec.encode(TestEntries.put(7), 6);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> EntryCodec.decode(damaged)).isInstanceOf(MalformedEntryException.class);
        }
        for (int length = 0; length < bytes.length; length++) {
            byte[] shorter = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> EntryCodec.decode(shorter)).isInstanceOf(MalformedEntryException.class);
        }
    }

    /** The format is a promise to files that exist: these bytes must stay readable. */
    @Test
    void theFormatStaysAsItIs() throws Exception {
        JournalMutation mutation = new JournalMutation(
                false, new byte[] {0, 0, 0, 1, 9, 9, 9, 9, 5, 6, 7}, 2, ByteBuffer.wrap(new byte[] {1, 2, 3}));
        JournalEntry entry = new JournalEntry(
                258, Instant.EPOCH.plus(1, ChronoUnit.MICROS), List.of(mutation), new CommandPosition(3, 4));
        String hex = "54524a31" + "0000004f" + "01" + "01" + "0001" + "0000000000000102" + "0000000000000001"
                + "0000000000000101" + "00000003" + "0000000000000004" + "01" + "0000000b" + "00000002" + "00000003"
                + "0000000109090909050607" + "010203";
        byte[] bytes = EntryCodec.encode(entry, 257);
        assertThat(HexFormat.of().formatHex(bytes)).startsWith(hex).hasSize(hex.length() + 8);
        assertSame(EntryCodec.decode(bytes), entry);
    }

    @Test
    void theFormatOfATokenStaysAsItIs() throws Exception {
        JournalEntry entry = new JournalEntry(
                258,
                Instant.EPOCH.plus(1, ChronoUnit.MICROS),
                List.of(),
                null,
                new RequestToken("Zoë", "0a".repeat(32)));
        String hex = "54524a31" + "0000004d" + "01" + "02" + "0000" + "0000000000000102" + "0000000000000001"
                + "0000000000000101" + "04" + "5a6fc3ab" + "0a".repeat(32);
        byte[] bytes = EntryCodec.encode(entry, 257);
        assertThat(HexFormat.of().formatHex(bytes)).startsWith(hex).hasSize(hex.length() + 8);
        assertSame(EntryCodec.decode(bytes), entry);
    }

    @Test
    void flagsOfALaterReleaseAreRefused() {
        byte[] bytes = EntryCodec.encode(TestEntries.put(7), 6);
        bytes[9] = 4;
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - 4);
        ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) crc.getValue());
        assertThatThrownBy(() -> EntryCodec.decode(bytes)).hasMessageStartingWith("flags 100, of which");
    }

    @Test
    void topicKeysAreThoseOfTheVocabulary() {
        Item item = TestTables.item("someone", 5, "x");
        JournalMutation mutation = TestEntries.mutation(1, item);
        assertThat(mutation.topicKey()).isEqualTo(StateKeys.topicKey(TestEntries.TABLE, item));
        assertThat(mutation.tableId()).isEqualTo(1);
        assertThat(mutation.partitionHash()).isEqualTo(StateKeys.hash(StateKeys.tableKey(TestEntries.TABLE, item)));
        JournalMutation catalog = TestEntries.createTable(1).mutations().get(0);
        assertThat(catalog.topicKey()).isEqualTo(StateKeys.idPrefix(1));
    }

    @Provide
    Arbitrary<JournalEntry> entries() {
        Arbitrary<JournalMutation> mutations = Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.bytes().array(byte[].class).ofMinSize(8).ofMaxSize(40),
                        Arbitraries.integers().between(0, 1000),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(200))
                .as((catalog, key, length, record) ->
                        new JournalMutation(catalog, key, length % (key.length - 7), ByteBuffer.wrap(record)));
        Arbitrary<CommandPosition> positions = Combinators.combine(
                        Arbitraries.integers().greaterOrEqual(0),
                        Arbitraries.longs().greaterOrEqual(0))
                .as(CommandPosition::new);
        Arbitrary<RequestToken> tokens = Combinators.combine(
                        Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(36),
                        Arbitraries.bytes().array(byte[].class).ofSize(RequestToken.FINGERPRINT_BYTES))
                .as((token, fingerprint) ->
                        new RequestToken(token, HexFormat.of().formatHex(fingerprint)));
        return Combinators.combine(
                        Arbitraries.longs().greaterOrEqual(1),
                        Arbitraries.longs().between(-1_000_000_000_000L, 4_000_000_000_000_000L),
                        mutations.list().ofMaxSize(5),
                        positions.injectNull(0.5),
                        tokens.injectNull(0.5))
                .as((sequence, micros, list, position, token) -> new JournalEntry(
                        sequence, Instant.EPOCH.plus(micros, ChronoUnit.MICROS), list, position, token));
    }

    static void assertSame(JournalEntry actual, JournalEntry expected) {
        assertThat(actual.sequence()).isEqualTo(expected.sequence());
        assertThat(actual.commitTime()).isEqualTo(expected.commitTime());
        assertThat(actual.commandPosition()).isEqualTo(expected.commandPosition());
        assertThat(actual.requestToken()).isEqualTo(expected.requestToken());
        assertThat(actual.mutations()).hasSameSizeAs(expected.mutations());
        for (int i = 0; i < expected.mutations().size(); i++) {
            JournalMutation one = actual.mutations().get(i);
            JournalMutation other = expected.mutations().get(i);
            assertThat(one.catalog()).isEqualTo(other.catalog());
            assertThat(one.stateKey()).isEqualTo(other.stateKey());
            assertThat(one.partitionKeyLength()).isEqualTo(other.partitionKeyLength());
            assertThat(one.changeRecord()).isEqualTo(other.changeRecord());
        }
    }
}
