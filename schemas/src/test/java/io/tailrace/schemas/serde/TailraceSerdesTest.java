package io.tailrace.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.schemas.RecordArbitraries;
import io.tailrace.schemas.codec.CommandCodec;
import io.tailrace.schemas.json.LambdaRecordJson;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.Command;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.StreamRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

/** Records come back through the serdes in both framings, also those that another schema version wrote. */
class TailraceSerdesTest {
    private static final String TOPIC = "tailrace.eu-west-1.commands";
    private static final Command COMMAND =
            Command.put("c1", "test", "T", Item.builder().set("pk", "u1").build());

    private final TailraceSerdes serdes = new TailraceSerdes(null);

    @Property(tries = 100)
    void changeRecordsComeBack(@ForAll("changeRecords") ChangeRecord change) {
        assertComesBack(serdes.changeRecord(), change);
    }

    @Property(tries = 100)
    void streamRecordsComeBack(@ForAll("streamRecords") StreamRecord stream) {
        assertComesBack(serdes.streamRecord(), stream);
    }

    @Property(tries = 100)
    void streamRecordsInJsonAreReadToo(@ForAll("streamRecords") StreamRecord stream) {
        byte[] json = LambdaRecordJson.encode(stream, "arn:aws:dynamodb:eu-west-1:000000000000:table/T/stream/x");
        assertThat(serdes.streamRecord().deserializer().deserialize(TOPIC, json))
                .isEqualTo(stream);
    }

    @Test
    void badJsonIsToldApart() {
        for (String bad : new String[] {
            "{", "{}", "{\"eventID\":7}", "{\"eventName\":\"GONE\"}", "{\"dynamodb\":[]}", "{\"eventVersion\":\"9\"}"
        }) {
            assertThatThrownBy(() -> serdes.streamRecord()
                            .deserializer()
                            .deserialize(TOPIC, bad.getBytes(StandardCharsets.UTF_8)))
                    .as(bad)
                    .isInstanceOf(SerializationException.class)
                    .hasMessageStartingWith("no StreamRecord in a record of topic " + TOPIC + ": ");
        }
    }

    @Property(tries = 100)
    void commandsComeBack(@ForAll("commands") Command command) {
        assertComesBack(serdes.command(), command);
    }

    @Property(tries = 50)
    void avrosOwnDecoderReadsSingleObjects(@ForAll("changeRecords") ChangeRecord change) throws IOException {
        Schema schema = PublishedSchemas.load(RecordSchema.CHANGE_RECORD).current();
        BinaryMessageDecoder<GenericRecord> decoder = new BinaryMessageDecoder<>(GenericData.get(), schema);
        GenericRecord read = decoder.decode(serdes.changeRecord().serializer().serialize(TOPIC, change));
        assertThat(read.get("sequenceNumber")).isEqualTo(change.sequenceNumber());
    }

    @Test
    void nullIsNull() {
        assertThat(serdes.command().serializer().serialize(TOPIC, null)).isNull();
        assertThat(serdes.command().deserializer().deserialize(TOPIC, (byte[]) null))
                .isNull();
    }

    @Test
    void prefixAndBodyAreTheRecord() {
        byte[] framed = serdes.command().serializer().serialize(TOPIC, COMMAND);
        byte[] prefix = serdes.framing().prefix(TOPIC, RecordSchema.COMMAND);
        byte[] body = CommandCodec.encode(COMMAND);
        assertThat(Framing.frame(prefix, body)).isEqualTo(framed);
        assertThat(Framing.frame(prefix, ByteBuffer.wrap(body))).isEqualTo(framed);
        assertThat(Arrays.copyOf(framed, 2)).isEqualTo(new byte[] {(byte) 0xC3, 1});
    }

    @Test
    void badRecordsAreToldApart() {
        assertRefused(new byte[0], "begins neither as an Avro single object nor in the Confluent wire format: []");
        assertRefused(new byte[] {'{', '}'}, "nor in the Confluent wire format: [123, 125]");
        assertRefused(
                ByteBuffer.allocate(10)
                        .put((byte) 0xC3)
                        .put((byte) 1)
                        .putLong(0)
                        .array(),
                "its schema's fingerprint 0 is not that of a published version");
        assertRefused(new byte[] {0, 0, 0, 0, 9, 1}, "schema id 9, and no schema registry is set");
        byte[] cut = serdes.command().serializer().serialize(TOPIC, COMMAND);
        assertRefused(Arrays.copyOf(cut, cut.length - 1), "the bytes end within a value");
        byte[] changeRecord = serdes.framing().prefix(TOPIC, RecordSchema.CHANGE_RECORD);
        assertRefused(changeRecord, "is not that of a published version");
    }

    @Test
    void theConfluentWireFormatIsWrittenAndRead() throws IOException {
        try (FakeRegistry fake = new FakeRegistry()) {
            fake.add("\"string\"");
            TailraceSerdes registered = TailraceSerdes.withRegistryUrl(fake.url());
            byte[] framed = registered.command().serializer().serialize(TOPIC, COMMAND);
            assertThat(Arrays.copyOf(framed, 5)).isEqualTo(new byte[] {0, 0, 0, 0, 2});
            assertThat(Arrays.copyOfRange(framed, 5, framed.length)).isEqualTo(CommandCodec.encode(COMMAND));
            TailraceSerdes another = TailraceSerdes.withRegistryUrl(fake.url());
            assertThat(another.command().deserializer().deserialize(TOPIC, framed))
                    .isEqualTo(COMMAND);
            assertThat(another.command().deserializer().deserialize(TOPIC, framed))
                    .isEqualTo(COMMAND);
            assertThat(fake.requests)
                    .containsExactly("POST /subjects/" + TOPIC + "-value/versions", "GET /schemas/ids/2");
        }
    }

    @Test
    void withARegistrySingleObjectsAreReadToo() throws IOException {
        try (FakeRegistry fake = new FakeRegistry()) {
            byte[] framed = serdes.command().serializer().serialize(TOPIC, COMMAND);
            assertThat(TailraceSerdes.withRegistryUrl(fake.url())
                            .command()
                            .deserializer()
                            .deserialize(TOPIC, framed))
                    .isEqualTo(COMMAND);
            assertThat(fake.requests).isEmpty();
        }
    }

    @Test
    void aWriterWithAnotherSchemaIsResolved() throws IOException {
        try (FakeRegistry fake = new FakeRegistry()) {
            // A later version with a field that this one does not know, written by another program.
            Schema current = PublishedSchemas.load(RecordSchema.COMMAND).current();
            Schema later = new Schema.Parser()
                    .parse(current.toString()
                            .replaceFirst(
                                    "\"fields\":\\[",
                                    "\"fields\":[{\"name\":\"priority\",\"type\":\"int\",\"default\":0},"));
            int id = fake.add(later.toString());
            byte[] body = CommandCodec.encode(COMMAND);
            byte[] framed = ByteBuffer.allocate(6 + body.length)
                    .put((byte) 0)
                    .putInt(id)
                    .put((byte) 14) // the priority 7
                    .put(body)
                    .array();
            Serde<Command> serde = TailraceSerdes.withRegistryUrl(fake.url()).command();
            assertThat(serde.deserializer().deserialize(TOPIC, framed)).isEqualTo(COMMAND);
            assertThat(serde.deserializer().deserialize(TOPIC, framed)).isEqualTo(COMMAND);
        }
    }

    @Test
    void commandsOfEarlierVersionsAreRead() {
        List<Schema> versions = PublishedSchemas.load(RecordSchema.COMMAND).versions();
        byte[] body = CommandCodec.encode(COMMAND);
        for (int fieldsLess = 2; fieldsLess <= 3; fieldsLess++) { // each of them a null at the end
            long fingerprint = PublishedSchemas.fingerprint(versions.get(versions.size() - fieldsLess));
            byte[] framed = ByteBuffer.allocate(10 + body.length - fieldsLess)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put((byte) 0xC3)
                    .put((byte) 1)
                    .putLong(fingerprint)
                    .put(body, 0, body.length - fieldsLess)
                    .array();
            assertThat(serdes.command().deserializer().deserialize(TOPIC, framed))
                    .isEqualTo(COMMAND);
        }
    }

    @Test
    void aWriterOfSomethingElseIsRefused() throws IOException {
        try (FakeRegistry fake = new FakeRegistry()) {
            int id = fake.add("\"string\"");
            byte[] framed = {0, 0, 0, 0, (byte) id, 2, 'x'};
            assertThatThrownBy(() -> TailraceSerdes.withRegistryUrl(fake.url())
                            .command()
                            .deserializer()
                            .deserialize(TOPIC, framed))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageStartingWith("no Command in a record of topic " + TOPIC);
        }
    }

    @Test
    void troubleOfTheRegistryIsNoFaultOfTheRecord() throws IOException {
        try (FakeRegistry fake = new FakeRegistry()) {
            fake.failWith(500, "");
            Serde<Command> serde = TailraceSerdes.withRegistryUrl(fake.url()).command();
            assertThatThrownBy(() -> serde.deserializer().deserialize(TOPIC, new byte[] {0, 0, 0, 0, 1, 0}))
                    .isInstanceOf(SchemaRegistryException.class);
            assertThatThrownBy(() -> serde.serializer().serialize(TOPIC, COMMAND))
                    .isInstanceOf(SchemaRegistryException.class);
        }
    }

    @Test
    void theFingerprintIsLittleEndian() {
        byte[] prefix = serdes.framing().prefix(TOPIC, RecordSchema.CHANGE_RECORD);
        assertThat(ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong(2))
                .isEqualTo(PublishedSchemas.fingerprint(
                        PublishedSchemas.load(RecordSchema.CHANGE_RECORD).current()));
        assertThat(Framing.fingerprint(prefix)).isNotZero();
    }

    @Provide
    Arbitrary<ChangeRecord> changeRecords() {
        return RecordArbitraries.changeRecords();
    }

    @Provide
    Arbitrary<StreamRecord> streamRecords() {
        return RecordArbitraries.streamRecords();
    }

    @Provide
    Arbitrary<Command> commands() {
        return RecordArbitraries.commands();
    }

    private static <T> void assertComesBack(Serde<T> serde, T value) {
        byte[] framed = serde.serializer().serialize(TOPIC, value);
        assertThat(serde.deserializer().deserialize(TOPIC, framed)).isEqualTo(value);
    }

    private void assertRefused(byte[] framed, String message) {
        assertThatThrownBy(() -> serdes.command().deserializer().deserialize(TOPIC, framed))
                .isInstanceOf(SerializationException.class)
                .hasMessageStartingWith("no Command in a record of topic " + TOPIC)
                .hasMessageContaining(message);
    }
}
