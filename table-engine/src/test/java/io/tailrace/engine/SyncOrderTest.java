package io.tailrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Shows, by the system calls of a real process, that files are forced in the order that {@link DiskRecorder} takes for granted:
 * RocksDB's above all, which no test stands in for. Needs {@code strace}.
 */
class SyncOrderTest {
    /** RocksDB counts its files: a few flushes and a compaction. */
    private static final int LATEST_FILE = 24;

    private static final Pattern UNFINISHED = Pattern.compile("(\\d+) +(.*) <unfinished \\.\\.\\.>");
    private static final Pattern RESUMED = Pattern.compile("(\\d+) +<\\.\\.\\. \\w+ resumed>.*");
    private static final Pattern SYNC = Pattern.compile("f(?:data)?sync\\(\\d+<([^>]*)>.*");
    private static final Pattern CREATED = Pattern.compile("openat\\([^\"]*\"([^\"]*)\", [^,]*O_CREAT.*");
    private static final Pattern RENAMED = Pattern.compile("rename\\w*\\([^\"]*\"([^\"]*)\", [^\"]*\"([^\"]*)\".*");

    @TempDir
    Path dir;

    /** Files and directories that were changed and not forced since. */
    private final Set<String> dirty = new HashSet<>();

    private final Set<String> known = new HashSet<>();
    private int manifests;
    private int acknowledgements;

    @Test
    @Timeout(value = 300, unit = TimeUnit.SECONDS)
    void filesAreForcedBeforeWhatSpeaksOfThem() throws Exception {
        assumeTrue(canTrace(), "strace is not installed, or may not trace");
        Path data = dir.resolve("data");
        Path trace = dir.resolve("trace");
        run(data, trace);
        Map<String, String> unfinished = new HashMap<>();
        for (String line : Files.readAllLines(trace, StandardCharsets.ISO_8859_1)) {
            Matcher begun = UNFINISHED.matcher(line);
            Matcher ended = RESUMED.matcher(line);
            if (begun.matches()) {
                unfinished.put(begun.group(1), begun.group(2));
            } else if (ended.matches()) {
                check(data, unfinished.getOrDefault(ended.group(1), ""));
            } else {
                check(data, line.replaceFirst("^\\d+ +", ""));
            }
        }
        assertThat(manifests).as("forces of a manifest").isGreaterThan(3);
        assertThat(acknowledgements).as("acknowledgements").isGreaterThan(100);
    }

    /** One system call that has returned. */
    private void check(Path data, String call) {
        Matcher sync = SYNC.matcher(call);
        Matcher created = CREATED.matcher(call);
        Matcher renamed = RENAMED.matcher(call);
        String state = data.resolve("state").toString();
        if (sync.matches()) {
            String path = sync.group(1);
            if (path.startsWith(state + "/MANIFEST")) {
                manifests++;
                assertThat(dirty)
                        .as("not on the disk when %s is forced", path)
                        .noneMatch(other -> other.endsWith(".sst"));
                assertThat(dirty).as("not on the disk when %s is forced", path).doesNotContain(state);
            } else if (path.endsWith(".cq4")) {
                String segment = Path.of(path).getParent().toString();
                assertThat(dirty)
                        .as("not on the disk when %s is forced", path)
                        .doesNotContain(segment, data.resolve("journal").toString());
            }
            dirty.remove(path);
        } else if (created.matches() && created.group(1).startsWith(data.toString())) {
            String path = created.group(1);
            if (path.endsWith(".sst") && known.add(path)) {
                dirty.add(path);
                dirty.add(state);
                assertThat(known).as("a force of the journal before %s", path).contains("journal forced");
            } else if (path.endsWith(".cq4") && known.add(path)) {
                dirty.add(Path.of(path).getParent().toString());
                dirty.add(data.resolve("journal").toString());
            } else if (path.endsWith(".dbtmp") || path.endsWith("FORMAT.next")) {
                dirty.add(path);
            }
        } else if (renamed.matches()) {
            assertThat(dirty).as("not on the disk when it is renamed").doesNotContain(renamed.group(1));
            if (renamed.group(2).equals(state + "/CURRENT")) {
                dirty.add(state);
            }
        } else if (call.contains("\"ack ")) {
            acknowledgements++;
            assertThat(dirty).doesNotContain(data.toString());
        }
        if (sync.matches() && sync.group(1).endsWith(".cq4")) {
            known.add("journal forced");
        }
    }

    /** Lets a process write and flush under strace until there is enough to look at, and kills it. */
    private void run(Path data, Path trace) throws Exception {
        List<String> command = new ArrayList<>(List.of("strace", "-f", "-y", "-s", "32", "-o", trace.toString()));
        command.addAll(List.of("-e", "trace=openat,fsync,fdatasync,rename,renameat,renameat2,write"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-") || argument.startsWith("-Djava.io.tmpdir"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(WriterProcess.class.getName(), data.toString(), Durability.PROCESS.name()));
        Process strace = new ProcessBuilder(command)
                .redirectError(dir.resolve("errors").toFile())
                .start();
        try (BufferedReader lines = strace.inputReader(StandardCharsets.UTF_8)) {
            long read = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (++read % 500 == 0 && latestFile(data) >= LATEST_FILE) {
                    break;
                }
            }
        } finally {
            strace.descendants().forEach(ProcessHandle::destroyForcibly);
            strace.waitFor();
        }
    }

    private static int latestFile(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("state"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".sst"))
                    .map(name -> Integer.parseInt(name.substring(0, name.length() - 4)))
                    .reduce(0, Math::max);
        }
    }

    private static boolean canTrace() throws InterruptedException {
        try {
            return new ProcessBuilder("strace", "-f", "-o", "/dev/null", "true")
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException none) {
            return false;
        }
    }
}
