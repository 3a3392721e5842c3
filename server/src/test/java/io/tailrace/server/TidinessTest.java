package io.tailrace.server;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The sources of all modules stay readable: classes of a bearable length, described packages, nothing left open. */
final class TidinessTest {
    private static final int MAX_LINES = 500;

    /** Files that are longer, each with the reason why no type is missing in it. */
    private static final Map<String, String> LONGER_WITH_REASON = Map.of();

    // Spelled so that this file does not find itself.
    private static final Pattern LEFT_OPEN = Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b");

    private static final List<Source> SOURCES = new ArrayList<>();

    /** A source file of ours: its path from the root of the repository, with forward slashes, and its lines. */
    private record Source(String path, List<String> lines) {
        boolean isMain() {
            return path.contains("/src/main/");
        }

        String folder() {
            return path.substring(0, path.lastIndexOf('/'));
        }
    }

    @BeforeAll
    static void readSources() throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path module :
                    modules.filter(m -> Files.exists(m.resolve("pom.xml"))).toList()) {
                for (String folder : List.of("src/main/java", "src/test/java")) {
                    Path sources = module.resolve(folder);
                    if (Files.isDirectory(sources)) {
                        readSources(root, sources);
                    }
                }
            }
        }
        assertThat(SOURCES).as("sources found under %s", root).isNotEmpty();
    }

    private static void readSources(Path root, Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                String path = root.relativize(file).toString().replace('\\', '/');
                SOURCES.add(new Source(path, Files.readAllLines(file)));
            }
        }
    }

    @Test
    void classesStayShort() {
        String tooLong = SOURCES.stream()
                .filter(s -> s.isMain() && s.lines().size() > MAX_LINES)
                .filter(s -> !LONGER_WITH_REASON.containsKey(s.path()))
                .map(s -> s.path() + " has " + s.lines().size() + " lines: which type is missing?")
                .collect(joining("\n"));
        assertThat(tooLong).isEmpty();
    }

    @Test
    void exceptionsAreStillNeeded() {
        List<String> longFiles = SOURCES.stream()
                .filter(s -> s.lines().size() > MAX_LINES)
                .map(Source::path)
                .toList();
        assertThat(longFiles).containsAll(LONGER_WITH_REASON.keySet());
    }

    @Test
    void packagesAreDescribed() {
        TreeSet<String> undescribed = new TreeSet<>();
        SOURCES.stream().filter(Source::isMain).map(Source::folder).forEach(undescribed::add);
        SOURCES.stream()
                .filter(s -> s.path().endsWith("/package-info.java"))
                .map(Source::folder)
                .forEach(undescribed::remove);
        assertThat(undescribed).as("packages without package-info.java").isEmpty();
    }

    @Test
    void nothingIsLeftOpen() {
        List<String> open = new ArrayList<>();
        for (Source source : SOURCES) {
            for (int i = 0; i < source.lines().size(); i++) {
                if (LEFT_OPEN.matcher(source.lines().get(i)).find()) {
                    open.add(source.path() + ":" + (i + 1) + ": "
                            + source.lines().get(i).strip());
                }
            }
        }
        assertThat(open).as("do it, or write an issue").isEmpty();
    }
}
