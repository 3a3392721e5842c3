package io.tailrace.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that a stranger could own are not this server's, unless they are configured. */
final class HostNamesTest {
    private final HostNames names = new HostNames(Set.of("db.example.com"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "LOCALHOST:8000",
                "localhost.:8000",
                "dynamodb:8000",
                "127.0.0.1",
                "127.0.0.1:8000",
                "192.168.1.2:8000",
                "[::1]",
                "[::1]:8000",
                "tables.localhost:8000",
                "host.docker.internal:8000",
                "a.b.test",
                "db.example.com",
                "DB.Example.com:8000"
            })
    void ours(String host) {
        assertThat(names.allow(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com",
                "evil.example.com:8000",
                "x.db.example.com",
                "localhost.example.com",
                "127.0.0.1.example.com:8000",
                "1.2.3.4.5",
                "127.0.0.1.nip.io",
                "localhost.evil",
                "evil.localhost.com."
            })
    void strangers(String host) {
        assertThat(names.allow(host)).isFalse();
    }

    @Test
    void withoutAHeaderItIsNoBrowser() {
        assertThat(names.allow(null)).isTrue();
    }

    @Test
    void aStarAllowsAll() {
        assertThat(new HostNames(Set.of("*")).allow("example.com")).isTrue();
    }
}
