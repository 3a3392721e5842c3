package io.tailrace.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * The doctor is refused while a server runs, finds nothing in what it left, and repairs a state that lost a file, a journal with
 * a torn end, and a damaged checkpoint.
 */
final class DoctorIT {
    private static final int ITEMS = 20;

    @TempDir
    private Path folder;

    @Test
    void checksWhatAServerLeftAndRepairsIt() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder).awaitReady();
                DynamoDbClient client = client(server)) {
            write(client);
            server.awaitOutput("capture of us-east-1 goes on");
            try (ServerProcess doctor = ServerProcess.run("doctor", folder.toString())) {
                assertThat(doctor.awaitExit()).isEqualTo(1);
                assertThat(doctor.output())
                        .contains("is in use by another process (region us-east-1, pid ")
                        .contains(", since 20")
                        .doesNotContain("\tat ");
            }
            server.terminate();
            server.awaitExit();
        }
        assertThat(doctor(0)).contains("All is well.").contains("capture: captured up to commit");
        Files.delete(folder.resolve("state/CURRENT"));
        assertThat(doctor(1)).contains("repairable  state:").contains("CURRENT");
        assertThat(doctor(0, "--repair"))
                .contains("repaired  state: it was built anew")
                .contains("All is well.");
        assertThat(doctor(0, "--json")).contains("\"healthy\":true").contains("\"part\":\"capture\"");
        try (ServerProcess server =
                        ServerProcess.start(folder, "--kafka-enabled", "false").awaitReady();
                DynamoDbClient client = client(server)) {
            assertThat(client.scan(r -> r.tableName("Things")).count()).isEqualTo(ITEMS);
        }
    }

    /** After kill -9: the entry that was being written, and a checkpoint that cannot be read. */
    @Test
    void repairsWhatAKillAndADiskLeft() throws Exception {
        Path end = folder.resolve("journal/END");
        byte[] noted;
        try (ServerProcess server =
                        ServerProcess.start(folder, "--kafka-enabled", "false").awaitReady();
                DynamoDbClient client = client(server)) {
            write(client);
            noted = Files.readAllBytes(end);
            put(client, "never acknowledged");
            server.kill();
        }
        Files.write(end, noted);
        tearJournal();
        Path checkpoint = folder.resolve("capture.checkpoint");
        byte[] bytes = {1, 2, 3};
        Files.write(checkpoint, bytes);
        assertThat(doctor(1))
                .contains("repairable  journal:")
                .contains("repairable  capture: the checkpoint " + checkpoint + " is corrupt");
        assertThat(Files.readAllBytes(checkpoint)).isEqualTo(bytes);
        assertThat(doctor(0, "--repair"))
                .contains("repaired  journal: the torn end of")
                .contains("repaired  capture: the damaged checkpoint was moved to " + checkpoint + ".damaged")
                .contains("All is well.");
        try (ServerProcess server =
                        ServerProcess.start(folder, "--kafka-enabled", "false").awaitReady();
                DynamoDbClient client = client(server)) {
            assertThat(client.scan(r -> r.tableName("Things")).count()).isEqualTo(ITEMS);
        }
    }

    /** Takes the last entry's header away, which is written last. */
    private void tearJournal() throws IOException {
        Path file;
        try (Stream<Path> paths = Files.walk(folder.resolve("journal"))) {
            file = paths.filter(path -> path.toString().endsWith(".cq4"))
                    .max(Path::compareTo)
                    .orElseThrow();
        }
        try (FileChannel journal = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long last = 0;
            long at = 0;
            for (int length = header(journal, at); length != 0; length = header(journal, at)) {
                last = at;
                at = (at + Integer.BYTES + (length & 0x3FFF_FFFF) + 3) / 4 * 4;
            }
            journal.write(ByteBuffer.allocate(Integer.BYTES), last);
        }
    }

    private static int header(FileChannel journal, long at) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        journal.read(header, at);
        return header.getInt(0);
    }

    private String doctor(int exit, String... more) throws Exception {
        String[] arguments = new String[2 + more.length];
        arguments[0] = "doctor";
        arguments[1] = folder.toString();
        System.arraycopy(more, 0, arguments, 2, more.length);
        try (ServerProcess doctor = ServerProcess.run(arguments)) {
            int code = doctor.awaitExit();
            assertThat(code).as(doctor.output()).isEqualTo(exit);
            return doctor.output();
        }
    }

    private static void write(DynamoDbClient client) {
        client.createTable(r -> r.tableName("Things")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .streamSpecification(s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE))
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("k")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("k")
                        .keyType(KeyType.HASH)
                        .build()));
        for (int i = 0; i < ITEMS; i++) {
            put(client, "key-" + i);
        }
    }

    private static void put(DynamoDbClient client, String key) {
        client.putItem(r -> r.tableName("Things").item(Map.of("k", AttributeValue.fromS(key))));
    }

    private static DynamoDbClient client(ServerProcess server) {
        return DynamoDbClient.builder()
                .endpointOverride(URI.create(server.endpoint()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }
}
