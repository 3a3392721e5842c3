package io.tailrace.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.ItemArbitraries;
import io.tailrace.schemas.RecordArbitraries;
import io.tailrace.schemas.model.Change;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.Command;
import io.tailrace.schemas.model.IndexStatus;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemSize;
import io.tailrace.schemas.model.ItemVersion;
import io.tailrace.schemas.model.StreamRecord;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.model.TableDetails;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/** The hand-written codecs write byte for byte what Avro writes, and read what Avro writes in any of its ways. */
class CodecsTest {
    private static final int TRIES = 300;

    private final GenericRecords generic = new GenericRecords();

    @Property(tries = TRIES)
    void changeRecords(@ForAll("changeRecords") ChangeRecord change) throws IOException {
        Schema schema = generic.schema("ChangeRecord");
        byte[] encoded = ChangeRecordCodec.encode(change);
        assertThat(encoded).isEqualTo(GenericRecords.encode(schema, generic.changeRecord(change)));
        assertThat(ChangeRecordCodec.decode(encoded)).isEqualTo(change);
        assertThat(ChangeRecordCodec.decode(inBlocks(schema, encoded))).isEqualTo(change);
        assertThat(ChangeRecordCodec.decode(throughGenerated(
                        schema, new SpecificDatumReader<>(io.tailrace.schemas.avro.ChangeRecord.class), encoded)))
                .isEqualTo(change);
    }

    @Property(tries = TRIES)
    void streamRecords(@ForAll("streamRecords") StreamRecord stream) throws IOException {
        Schema schema = generic.schema("StreamRecord");
        byte[] encoded = StreamRecordCodec.encode(stream);
        assertThat(encoded).isEqualTo(GenericRecords.encode(schema, generic.streamRecord(stream)));
        assertThat(StreamRecordCodec.decode(encoded)).isEqualTo(stream);
        assertThat(StreamRecordCodec.decode(inBlocks(schema, encoded))).isEqualTo(stream);
        assertThat(StreamRecordCodec.decode(throughGenerated(
                        schema, new SpecificDatumReader<>(io.tailrace.schemas.avro.StreamRecord.class), encoded)))
                .isEqualTo(stream);
    }

    @Property(tries = TRIES)
    void commands(@ForAll("commands") Command command) throws IOException {
        Schema schema = generic.schema("Command");
        byte[] encoded = CommandCodec.encode(command);
        assertThat(encoded).isEqualTo(GenericRecords.encode(schema, generic.command(command)));
        assertThat(CommandCodec.decode(encoded)).isEqualTo(command);
        assertThat(CommandCodec.decode(inBlocks(schema, encoded))).isEqualTo(command);
        assertThat(CommandCodec.decode(throughGenerated(
                        schema, new SpecificDatumReader<>(io.tailrace.schemas.avro.Command.class), encoded)))
                .isEqualTo(command);
    }

    @Property(tries = TRIES)
    void tableDefinitions(@ForAll("tables") TableDefinition table) {
        byte[] encoded = TableDefinitionCodec.encode(table);
        assertThat(encoded).isEqualTo(GenericRecords.encode(generic.schema("TableDefinition"), generic.table(table)));
        assertThat(TableDefinitionCodec.decode(ByteBuffer.wrap(encoded))).isEqualTo(table);
    }

    /** The journal and the state hold definitions of all versions, and do not say of which. */
    @Property(tries = TRIES)
    void aDefinitionOfTheFirstVersionEndsBeforeTheIndexStates(@ForAll("tables") TableDefinition table) {
        TableDefinition active = table.withGlobalSecondaryIndexes(table.globalSecondaryIndexes().stream()
                .map(index -> index.withStatus(IndexStatus.ACTIVE))
                .toList());
        active = active.withDetails(TableDetails.NONE);
        byte[] encoded = TableDefinitionCodec.encode(active);
        assertThat(TableDefinitionCodec.decode(ByteBuffer.wrap(encoded, 0, encoded.length - 2)))
                .isEqualTo(active);
    }

    @Property(tries = TRIES)
    void aDefinitionOfTheSecondVersionEndsBeforeTheDetails(@ForAll("tables") TableDefinition any) {
        TableDefinition table = any.withDetails(TableDetails.NONE);
        byte[] encoded = TableDefinitionCodec.encode(table);
        assertThat(TableDefinitionCodec.decode(ByteBuffer.wrap(encoded, 0, encoded.length - 1)))
                .isEqualTo(table);
    }

    @Property(tries = TRIES)
    void aDefinitionOfTheThirdVersionEndsBeforeTimeToLive(@ForAll("tables") TableDefinition any) {
        TableDetails details = plain(any).withTimeToLive(null).withStreamShards(null);
        TableDefinition table = any.withDetails(details);
        byte[] encoded = TableDefinitionCodec.encode(table);
        assertThat(TableDefinitionCodec.decode(ByteBuffer.wrap(encoded, 0, encoded.length - 3)))
                .isEqualTo(table);
    }

    @Property(tries = TRIES)
    void aDefinitionOfTheFourthVersionEndsBeforeTheStreamsShards(@ForAll("tables") TableDefinition any) {
        TableDetails details = plain(any).withStreamShards(null);
        TableDefinition table = any.withDetails(details);
        byte[] encoded = TableDefinitionCodec.encode(table);
        assertThat(TableDefinitionCodec.decode(ByteBuffer.wrap(encoded, 0, encoded.length - 2)))
                .isEqualTo(table);
    }

    @Property(tries = TRIES)
    void aDefinitionOfTheSixthVersionEndsBeforeTheGlobalTable(@ForAll("tables") TableDefinition any) {
        TableDefinition table = any.withDetails(plain(any));
        byte[] encoded = TableDefinitionCodec.encode(table);
        assertThat(TableDefinitionCodec.decode(ByteBuffer.wrap(encoded, 0, encoded.length - 1)))
                .isEqualTo(table);
    }

    /** Details that are written, of a table that is not global. */
    private static TableDetails plain(TableDefinition any) {
        return any.details().withGlobalTable(null).withOnDemandSwitches(List.of(Instant.EPOCH));
    }

    @Property(tries = TRIES)
    void aChangeOfTheFifthVersionEndsBeforeTheVersion(@ForAll("changeRecords") ChangeRecord any) {
        Assume.that(any.change() instanceof Change.CatalogChange
                || ((Change.ItemChange) any.change()).oldImage() != null
                || ((Change.ItemChange) any.change()).newImage() != null);
        ChangeRecord change = new ChangeRecord(
                any.sequenceNumber(),
                any.mutationIndex(),
                any.mutationCount(),
                any.commitTime(),
                any.region(),
                any.origin(),
                any.userIdentity(),
                any.change());
        byte[] encoded = ChangeRecordCodec.encode(change);
        byte[] earlier = Arrays.copyOf(encoded, encoded.length - 1);
        assertThat(ChangeRecordCodec.decode(earlier)).isEqualTo(change);
        ChangeSlices slices = ChangeSlices.of(ByteBuffer.wrap(earlier));
        assertThat(slices.endsEarly()).isTrue();
        assertThat(slices.version()).isNull();
    }

    @Property(tries = TRIES)
    void itemVersions(@ForAll("itemVersions") ItemVersion version) {
        byte[] encoded = ItemVersionCodec.encode(version);
        assertThat(encoded).isEqualTo(GenericRecords.encode(generic.schema("ItemVersion"), generic.version(version)));
        assertThat(ItemVersionCodec.decode(encoded)).isEqualTo(version);
    }

    @Property(tries = TRIES)
    void items(@ForAll("items") Item item) {
        byte[] encoded = ItemCodec.encode(item);
        Schema map = Schema.createMap(generic.schema("AttributeValue"));
        assertThat(encoded).isEqualTo(GenericRecords.encode(map, generic.item(item)));
        assertThat(ItemCodec.decode(encoded)).isEqualTo(item);
        assertThat(ItemCodec.decode(directAndOffset(encoded))).isEqualTo(item);
        assertThat(ItemCodec.decode(encoded).names()).containsExactlyElementsOf(item.names());
    }

    @Property(tries = TRIES)
    void theSizeOfEncodedItemsIsTheSizeOfItems(@ForAll("items") Item item) {
        assertThat(ItemCodec.itemSizeBytes(ByteBuffer.wrap(ItemCodec.encode(item))))
                .isEqualTo(ItemSize.of(item));
    }

    @Property(tries = TRIES)
    void splicingEncodedImagesEqualsEncodingThemAll(@ForAll("itemChanges") ChangeRecord record) {
        Change.ItemChange change = (Change.ItemChange) record.change();
        ChangeRecordCodec.Header header = new ChangeRecordCodec.Header(
                record.sequenceNumber(),
                record.mutationIndex(),
                record.mutationCount(),
                record.commitTime(),
                record.region(),
                record.origin(),
                record.userIdentity(),
                change.tableId(),
                change.tableName(),
                record.version());
        assertThat(ChangeRecordCodec.encode(
                        header,
                        ItemCodec.encode(change.keys()),
                        encodeNullable(change.oldImage()),
                        encodeNullable(change.newImage())))
                .isEqualTo(ChangeRecordCodec.encode(record));
    }

    @Property(tries = TRIES)
    void slicesMakeTheirRecordAgain(@ForAll("changeRecords") ChangeRecord record) {
        byte[] encoded = ChangeRecordCodec.encode(record);
        assertThat(ChangeSlices.of(directAndOffset(encoded)).encode()).isEqualTo(encoded);
    }

    @Property(tries = TRIES)
    void anItemIsDecodedByNamesAsItIsProjected(@ForAll("changeRecords") ChangeRecord record) {
        if (record.change() instanceof Change.ItemChange change) {
            for (Item item : new Item[] {change.keys(), change.oldImage(), change.newImage()}) {
                if (item != null) {
                    List<String> names = item.names().stream()
                            .filter(name -> name.hashCode() % 2 == 0)
                            .toList();
                    AttributeNames some = AttributeNames.of(Stream.concat(names.stream(), Stream.of("no such name"))
                            .toList());
                    assertThat(ItemCodec.decode(directAndOffset(ItemCodec.encode(item)), some))
                            .isEqualTo(item.project(names));
                }
            }
        }
    }

    @Property(tries = TRIES)
    void slicesAreTheChangesParts(@ForAll("changeRecords") ChangeRecord record) {
        ChangeSlices slices = ChangeSlices.of(directAndOffset(ChangeRecordCodec.encode(record)));
        assertThat(slices.sequenceNumber()).isEqualTo(record.sequenceNumber());
        assertThat(slices.mutationIndex()).isEqualTo(record.mutationIndex());
        assertThat(slices.mutationCount()).isEqualTo(record.mutationCount());
        assertThat(slices.commitTime()).isEqualTo(record.commitTime());
        assertThat(slices.region()).isEqualTo(record.region());
        assertThat(slices.origin()).isEqualTo(record.origin());
        assertThat(slices.userIdentity()).isEqualTo(record.userIdentity());
        assertThat(slices.version()).isEqualTo(record.version());
        assertThat(slices.endsEarly()).isFalse();
        if (record.change() instanceof Change.ItemChange change) {
            ChangeSlices.ItemSlices item = slices.itemChange();
            assertThat(item.tableId()).isEqualTo(change.tableId());
            assertThat(item.tableName()).isEqualTo(change.tableName());
            assertThat(item.eventName()).isEqualTo(change.eventName());
            assertThat(ItemCodec.decode(item.keys())).isEqualTo(change.keys());
            assertThat(decodeNullable(item.oldImage())).isEqualTo(change.oldImage());
            assertThat(decodeNullable(item.newImage())).isEqualTo(change.newImage());
        } else {
            assertThat(slices.isCatalogChange()).isTrue();
            assertThat(slices.catalogChange()).isEqualTo(record.change());
        }
    }

    @Property(tries = TRIES)
    void streamRecordsCanBeSplicedFromSlices(
            @ForAll("itemChanges") ChangeRecord record, @ForAll("streamRecords") StreamRecord other) {
        Change.ItemChange change = (Change.ItemChange) record.change();
        StreamRecord expected = new StreamRecord(
                other.eventId(),
                change.eventName(),
                other.awsRegion(),
                record.commitTime(),
                change.keys(),
                change.newImage(),
                change.oldImage(),
                other.sequenceNumber(),
                other.sizeBytes(),
                other.viewType(),
                record.userIdentity());
        StreamRecordCodec.Header header = new StreamRecordCodec.Header(
                expected.eventId(),
                expected.eventName(),
                expected.awsRegion(),
                record.commitTime(),
                expected.sequenceNumber(),
                expected.sizeBytes(),
                expected.viewType(),
                expected.userIdentity());
        ChangeSlices.ItemSlices item = ChangeSlices.of(ByteBuffer.wrap(ChangeRecordCodec.encode(record)))
                .itemChange();
        byte[] spliced = StreamRecordCodec.encode(header, item.keys(), item.newImage(), item.oldImage());
        assertThat(spliced).isEqualTo(StreamRecordCodec.encode(expected));
    }

    @Provide
    Arbitrary<ChangeRecord> changeRecords() {
        return RecordArbitraries.changeRecords();
    }

    @Provide
    Arbitrary<ChangeRecord> itemChanges() {
        return RecordArbitraries.itemChangeRecords();
    }

    @Provide
    Arbitrary<StreamRecord> streamRecords() {
        return RecordArbitraries.streamRecords();
    }

    @Provide
    Arbitrary<ItemVersion> itemVersions() {
        return RecordArbitraries.itemVersions();
    }

    @Provide
    Arbitrary<Command> commands() {
        return RecordArbitraries.commands();
    }

    @Provide
    Arbitrary<TableDefinition> tables() {
        return RecordArbitraries.tables();
    }

    @Provide
    Arbitrary<Item> items() {
        return ItemArbitraries.items();
    }

    /** The same datum as Avro's blocking encoder writes it: blocks with their sizes in bytes. */
    private static byte[] inBlocks(Schema schema, byte[] encoded) throws IOException {
        Object datum =
                new GenericDatumReader<>(schema).read(null, DecoderFactory.get().binaryDecoder(encoded, null));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder out = new EncoderFactory().configureBlockSize(64).blockingBinaryEncoder(bytes, null);
        new GenericDatumWriter<>(schema).write(datum, out);
        out.flush();
        return bytes.toByteArray();
    }

    /** The same datum read into a generated class and written from it. */
    private static <T> byte[] throughGenerated(Schema schema, SpecificDatumReader<T> reader, byte[] encoded)
            throws IOException {
        T datum = reader.read(null, DecoderFactory.get().binaryDecoder(encoded, null));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);
        new SpecificDatumWriter<T>(schema).write(datum, out);
        out.flush();
        return bytes.toByteArray();
    }

    private static ByteBuffer directAndOffset(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length + 2);
        buffer.put(1, bytes).position(1).limit(1 + bytes.length);
        return buffer;
    }

    private static byte[] encodeNullable(Item item) {
        return item == null ? null : ItemCodec.encode(item);
    }

    private static Item decodeNullable(ByteBuffer item) {
        return item == null ? null : ItemCodec.decode(item);
    }
}
