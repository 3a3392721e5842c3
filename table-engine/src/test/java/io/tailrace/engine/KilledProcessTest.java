package io.tailrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.journal.JournalReader;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Shows, with real processes killed at random moments, that what was acknowledged is there, once, and nothing is torn. */
class KilledProcessTest {
    private static final int ROUNDS = 3;

    @TempDir
    Path dir;

    /** By writer, the highest count that was acknowledged. */
    private final Map<Long, Long> acknowledged = new HashMap<>();

    @ParameterizedTest
    @EnumSource(
            value = Durability.class,
            names = {"PROCESS", "DISK"})
    @Timeout(value = 300, unit = TimeUnit.SECONDS)
    void acknowledgedWritesSurviveKillNine(Durability durability) throws Exception {
        Random random = new Random(durability.ordinal());
        for (int round = 0; round < ROUNDS; round++) {
            Process process = start(durability);
            try {
                readAcknowledgements(process, 50 + random.nextInt(1500), round == 0);
            } finally {
                process.destroyForcibly().waitFor();
            }
            checkState();
        }
    }

    private Process start(Durability durability) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Chronicle needs what the tests' own JVM was given.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-") || argument.startsWith("-Djava.io.tmpdir"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(WriterProcess.class.getName(), dir.toString(), durability.name()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Reads so many, kills the process, and reads what it had said by then. */
    private void readAcknowledgements(Process process, int count, boolean tryToOpen) throws IOException {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            int read = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", -1);
                if (words[0].equals("open") && tryToOpen) {
                    assertThatThrownBy(() -> TestEngines.open(dir))
                            .isInstanceOf(UncheckedIOException.class)
                            .hasMessageContaining("in use by another process (region " + TestEngines.REGION + ", pid "
                                    + process.pid() + ", since 20");
                }
                assertThat(words[0]).isNotEqualTo("failed");
                if (words[0].equals("ack") && words.length == 3 && !words[2].isEmpty()) {
                    acknowledged.merge(Long.valueOf(words[1]), Long.valueOf(words[2]), Math::max);
                    read++;
                }
                if (read == count) {
                    // Not through the process, which would close what is left to read.
                    process.toHandle().destroyForcibly();
                }
            }
            assertThat(read).isGreaterThanOrEqualTo(count);
        }
    }

    private void checkState() {
        try (TableEngine engine = TestEngines.open(dir)) {
            long increments = 0;
            for (Map.Entry<Long, Long> writer : acknowledged.entrySet()) {
                Item item = TestEngines.item(engine, "T", TestTables.key("writer", writer.getKey()));
                assertThat(item).isNotNull();
                long count = ((AttributeValue.N) item.get("count"))
                        .value()
                        .toBigDecimal()
                        .longValueExact();
                assertThat(count).isGreaterThanOrEqualTo(writer.getValue());
                increments += count;
            }
            // Every commit but the table's creation added one, and no number is missing.
            assertThat(engine.appliedSequence()).isEqualTo(increments + 1);
            try (JournalReader reader = engine.journal().openReader()) {
                long expected = 1;
                for (JournalEntry entry = reader.next(); entry != null; entry = reader.next()) {
                    assertThat(entry.sequence()).isEqualTo(expected++);
                }
                assertThat(expected).isEqualTo(engine.appliedSequence() + 1);
            }
        }
    }
}
