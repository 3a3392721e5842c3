package io.tailrace.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The registry client registers and finds schemas, asks once for each, and says clearly what went wrong. */
class SchemaRegistryTest {
    private static final Schema SCHEMA = Schema.create(Schema.Type.STRING);

    private FakeRegistry fake;

    @BeforeEach
    void start() throws IOException {
        fake = new FakeRegistry();
    }

    @AfterEach
    void stop() {
        fake.close();
    }

    @Test
    void registersOnceForEachSubject() {
        SchemaRegistry registry = SchemaRegistry.at(fake.url());
        assertThat(registry.register("a-value", SCHEMA)).isEqualTo(1);
        assertThat(registry.register("a-value", SCHEMA)).isEqualTo(1);
        assertThat(registry.register("b/c-value", SCHEMA)).isEqualTo(1);
        assertThat(registry.schema(1)).isEqualTo(SCHEMA);
        assertThat(fake.requests)
                .containsExactly("POST /subjects/a-value/versions", "POST /subjects/b%2Fc-value/versions");
    }

    @Test
    void findsSchemasOnce() {
        int id = fake.add(SCHEMA.toString());
        SchemaRegistry registry = SchemaRegistry.at(fake.url() + "/");
        assertThat(registry.schema(id)).isEqualTo(SCHEMA);
        assertThat(registry.schema(id)).isEqualTo(SCHEMA);
        assertThat(fake.requests).containsExactly("GET /schemas/ids/1");
    }

    @Test
    void sendsUserAndPasswordOfTheUrlAndKeepsThePath() {
        fake.add(SCHEMA.toString());
        SchemaRegistry registry = SchemaRegistry.at("http://me:secret@127.0.0.1:" + fake.port() + "/registry");
        assertThat(registry.schema(1)).isEqualTo(SCHEMA);
        assertThat(fake.requests)
                .containsExactly("GET /registry/schemas/ids/1 Basic "
                        + Base64.getEncoder().encodeToString(new byte[] {'m', 'e', ':', 's', 'e', 'c', 'r', 'e', 't'}));
    }

    @Test
    void anUnknownIdIsFinal() {
        SchemaRegistryException e = catchThrowableOfType(
                SchemaRegistryException.class,
                () -> SchemaRegistry.at(fake.url()).schema(7));
        assertThat(e)
                .hasMessage("schema registry " + fake.url() + "/ could not find schema 7: it answered 404:"
                        + " {\"error_code\":40403,\"message\":\"Schema not found\"}");
        assertThat(e.isRetryable()).isFalse();
    }

    @Test
    void troubleOfTheRegistryIsRetryableAndNotRemembered() {
        SchemaRegistry registry = SchemaRegistry.at(fake.url());
        fake.failWith(503, "busy");
        SchemaRegistryException e =
                catchThrowableOfType(SchemaRegistryException.class, () -> registry.register("s", SCHEMA));
        assertThat(e).hasMessageEndingWith("could not register a schema under subject s: it answered 503: busy");
        assertThat(e.isRetryable()).isTrue();
        fake.failWith(0, "");
        assertThat(registry.register("s", SCHEMA)).isEqualTo(1);
    }

    @Test
    void anIncompatibleSchemaIsFinal() {
        fake.failWith(409, "{\"error_code\":409,\"message\":\"incompatible\"}");
        SchemaRegistryException e = catchThrowableOfType(
                SchemaRegistryException.class,
                () -> SchemaRegistry.at(fake.url()).register("s", SCHEMA));
        assertThat(e).hasMessageContaining("incompatible");
        assertThat(e.isRetryable()).isFalse();
    }

    @Test
    void anAbsentRegistryIsRetryable() {
        String url = fake.url();
        fake.close();
        SchemaRegistryException e = catchThrowableOfType(
                SchemaRegistryException.class, () -> SchemaRegistry.at(url).schema(1));
        assertThat(e).hasMessageContaining("it cannot be reached");
        assertThat(e.isRetryable()).isTrue();
    }

    @Test
    void aSilentRegistryIsGivenUp() {
        fake.stopAnswering();
        SchemaRegistryException e = catchThrowableOfType(
                SchemaRegistryException.class,
                () -> SchemaRegistry.at(fake.url(), Duration.ofMillis(200)).schema(1));
        assertThat(e).hasMessageContaining("timed out");
        assertThat(e.isRetryable()).isTrue();
    }

    @Test
    void strangeAnswersAreRefused() {
        SchemaRegistry registry = SchemaRegistry.at(fake.url());
        assertRefused(registry, "<html>", "its answer is no JSON");
        assertRefused(registry, "[]", "its answer has no member schema");
        assertRefused(registry, "{\"schema\":{\"schema\":1}}", "its answer has no member schema");
        assertRefused(registry, "{\"schema\":\"nonsense\"}", "it answered with no Avro schema");
        fake.failWith(200, "{\"id\":\"x\"}");
        assertThatThrownBy(() -> registry.register("s", SCHEMA)).hasMessageEndingWith("it answered with the id x");
    }

    @Test
    void badUrlsAreRefusedWithoutShowingThem() {
        for (String url : new String[] {"registry:8081", "ftp://host", "http://", "http://me:secret@ho st"}) {
            assertThatThrownBy(() -> SchemaRegistry.at(url))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("the schema registry's URL")
                    .hasMessageNotContaining("secret");
        }
    }

    private void assertRefused(SchemaRegistry registry, String answer, String message) {
        fake.failWith(200, answer);
        assertThatThrownBy(() -> registry.schema(1))
                .isInstanceOf(SchemaRegistryException.class)
                .hasMessageEndingWith(message);
    }
}
