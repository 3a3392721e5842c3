package io.tailrace.engine;

import io.tailrace.engine.FileVersion.Reached;
import io.tailrace.engine.disk.DiskSync;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A disk that knows what it must keep when the power goes: of a file, the content at its last force; of a directory, the names
 * at its last force. Everything else may be there, or not, or in part. It forces nothing really; {@link #image} writes one of
 * the directories that could be found afterwards.
 *
 * <p>What RocksDB writes passes nobody: its directory is known as it was when RocksDB last said that it was on the disk (see
 * {@link #stateIsForced}), and what changed since follows the order in which RocksDB forces it, which {@code SyncOrderTest}
 * looks at.
 */
final class DiskRecorder implements DiskSync {
    /** The kinds of the forces that an engine needs, so that each can be left out. */
    enum Kind {
        JOURNAL_FILE,
        SEGMENT_DIRECTORY,
        JOURNAL_DIRECTORY,
        DATA_DIRECTORY,
        PARENT_DIRECTORY,
        LOCK_FILE,
        FORMAT_FILE
    }

    /** A file or directory, whatever its name: the same key may come back for another one when it was deleted. */
    private record Node(Object key, int generation) {}

    private final Path root;
    private final Path state;
    private final Predicate<Kind> lies;
    private final Map<Object, Integer> generations = new HashMap<>();
    private Set<Object> seen = new HashSet<>();

    private final Map<Node, FileVersion> forcedFiles = new HashMap<>();
    private final Map<Node, Map<String, Node>> forcedNames = new HashMap<>();
    private final Set<Node> directories = new HashSet<>();
    private Map<String, FileVersion> forcedState = Map.of();
    private Runnable beforeForce = () -> {};
    private long forces;

    /**
     * @param root is on the disk, as all above it
     * @param data the engine's directory, below the root
     * @param lies which forces are not done, though they are said to be
     */
    DiskRecorder(Path root, Path data, Predicate<Kind> lies) throws IOException {
        this.root = root;
        this.state = data.resolve("state");
        this.lies = lies;
        observe();
        for (Path path : all()) {
            if (Files.isRegularFile(path)) {
                forcedFiles.put(node(path), FileVersion.read(path));
            } else {
                forcedNames.put(node(path), names(path));
            }
        }
        stateIsForced();
    }

    /** Runs before each force takes effect: the moment at which most is at stake. */
    void beforeForce(Runnable action) {
        beforeForce = action;
    }

    long forces() {
        return forces;
    }

    @Override
    public void force(Path file, FileChannel channel) throws IOException {
        beforeForce.run();
        observe();
        forces++;
        if (!lies.test(kind(file))) {
            forcedFiles.put(node(file), FileVersion.read(file));
        }
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        beforeForce.run();
        observe();
        forces++;
        if (!lies.test(directoryKind(directory))) {
            forcedNames.put(node(directory), names(directory));
        }
    }

    /** RocksDB has said that its files hold all that it was given. */
    void stateIsForced() throws IOException {
        forcedState = Files.isDirectory(state) ? files(state) : Map.of();
    }

    /** Notes which files there are, so that a new one is not taken for an old one that was deleted. */
    void observe() throws IOException {
        Set<Object> now = new HashSet<>();
        for (Path path : all()) {
            now.add(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
        }
        for (Object gone : seen) {
            if (!now.contains(gone)) {
                generations.merge(gone, 1, Integer::sum);
            }
        }
        seen = now;
    }

    /** Writes what may be found in place of the root when the power goes now. */
    void image(Path target, Random random) throws IOException {
        observe();
        Reached reached = Reached.values()[random.nextInt(Reached.values().length)];
        Files.createDirectories(target);
        imageOf(node(root), root, target, reached, random);
    }

    /** @param live where the directory is now; null when it is gone */
    private void imageOf(Node directory, Path live, Path target, Reached reached, Random random) throws IOException {
        Map<String, Node> now = live == null ? Map.of() : names(live);
        for (Map.Entry<String, Node> entry :
                namesOf(directory, now, reached, random).entrySet()) {
            String name = entry.getKey();
            Node node = entry.getValue();
            Path liveChild = node.equals(now.get(name)) ? live.resolve(name) : find(node);
            Path targetChild = target.resolve(name);
            if (directories.contains(node)) {
                Files.createDirectory(targetChild);
                if (state.equals(liveChild)) {
                    imageOfState(targetChild, reached, random);
                } else {
                    imageOf(node, liveChild, targetChild, reached, random);
                }
            } else {
                FileVersion forced = forcedFiles.getOrDefault(node, FileVersion.EMPTY);
                FileVersion latest = liveChild == null ? forced : FileVersion.read(liveChild);
                forced.partly(latest, reached, random).write(targetChild);
            }
        }
    }

    /** For each name that has changed since the directory was forced, what it meant then or what it means now. */
    private Map<String, Node> namesOf(Node directory, Map<String, Node> now, Reached reached, Random random) {
        Map<String, Node> before = forcedNames.getOrDefault(directory, new TreeMap<>());
        Map<Node, Boolean> renamed = new HashMap<>();
        Map<String, Node> names = new TreeMap<>();
        Set<String> all = new TreeSet<>(before.keySet());
        all.addAll(now.keySet());
        for (String name : all) {
            Node old = before.get(name);
            Node current = now.get(name);
            // A file that was renamed has one of its two names.
            Node concerned = current == null || now.containsValue(old) ? old : current;
            boolean same = Objects.equals(old, current);
            Node chosen = same || renamed.computeIfAbsent(concerned, node -> reaches(reached, random)) ? current : old;
            if (chosen != null) {
                names.put(name, chosen);
            }
        }
        return names;
    }

    /** Where a file is now that was elsewhere; null when it is gone. */
    private Path find(Node node) throws IOException {
        for (Path path : all()) {
            if (node(path).equals(node)) {
                return path;
            }
        }
        return null;
    }

    /**
     * RocksDB writes and forces a file of items, its name, and only then the manifest that speaks of it; and it deletes a file
     * only when the manifest that does without it is on the disk. Files that no manifest on the disk speaks of may be there in
     * part.
     */
    private void imageOfState(Path target, Reached reached, Random random) throws IOException {
        Map<String, FileVersion> live = files(state);
        boolean sameManifest = live.keySet().stream()
                .filter(name -> name.startsWith("MANIFEST"))
                .allMatch(forcedState::containsKey);
        write(
                sameManifest && reaches(reached, random)
                        ? laterState(live, reached, random)
                        : forcedState(live, random),
                target);
    }

    /** The manifest has grown, by all that RocksDB wrote to it or by a part. */
    private Map<String, FileVersion> laterState(Map<String, FileVersion> live, Reached reached, Random random) {
        boolean deleted =
                forcedState.keySet().stream().anyMatch(name -> name.endsWith(".sst") && !live.containsKey(name));
        Map<String, FileVersion> image = new HashMap<>();
        live.forEach((name, latest) -> {
            FileVersion forced = forcedState.get(name);
            boolean inPart = name.startsWith("MANIFEST") && forced != null && !deleted && reached != Reached.ALL;
            image.put(name, inPart ? cut(latest, forced.size(), random) : latest);
        });
        forcedState.forEach((name, forced) -> {
            if (random.nextBoolean()) {
                image.putIfAbsent(name, forced);
            }
        });
        return image;
    }

    private Map<String, FileVersion> forcedState(Map<String, FileVersion> live, Random random) {
        Map<String, FileVersion> image = new HashMap<>(forcedState);
        live.forEach((name, latest) -> {
            if (!forcedState.containsKey(name) && name.endsWith(".sst") && random.nextBoolean()) {
                image.put(name, FileVersion.EMPTY.partly(latest, Reached.ANY, random));
            }
        });
        return image;
    }

    private static FileVersion cut(FileVersion file, long from, Random random) {
        byte[] all = file.bytes();
        return FileVersion.of(Arrays.copyOf(all, (int) from + random.nextInt(all.length - (int) from + 1)));
    }

    private static void write(Map<String, FileVersion> files, Path target) throws IOException {
        for (Map.Entry<String, FileVersion> file : files.entrySet()) {
            file.getValue().write(target.resolve(file.getKey()));
        }
    }

    private static boolean reaches(Reached reached, Random random) {
        return switch (reached) {
            case NONE -> false;
            case ALL -> true;
            case ANY, FIRST, LAST, ALL_BUT_ONE, ONE -> random.nextBoolean();
        };
    }

    private Node node(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        Node node = new Node(attributes.fileKey(), generations.getOrDefault(attributes.fileKey(), 0));
        if (attributes.isDirectory()) {
            directories.add(node);
        }
        return node;
    }

    private Map<String, Node> names(Path directory) throws IOException {
        Map<String, Node> names = new TreeMap<>();
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                names.put(entry.getFileName().toString(), node(entry));
            }
        }
        return names;
    }

    /** The root and what is below it; of RocksDB's files, which come and go by themselves, the directory only. */
    private List<Path> all() throws IOException {
        List<Path> all = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                all.add(directory);
                return directory.equals(state) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                all.add(file);
                return FileVisitResult.CONTINUE;
            }
        });
        return all;
    }

    /** The files of RocksDB, except those that it writes for people, all at one moment: it may be compacting. */
    private static Map<String, FileVersion> files(Path directory) throws IOException {
        while (true) {
            try {
                Map<String, FileVersion> first = filesOnce(directory);
                if (sizes(first).equals(sizes(filesOnce(directory)))) {
                    return first;
                }
            } catch (NoSuchFileException removedMeanwhile) {
                // Once more.
            }
        }
    }

    private static Map<String, Long> sizes(Map<String, FileVersion> files) {
        Map<String, Long> sizes = new TreeMap<>();
        files.forEach((name, version) -> sizes.put(name, version.size()));
        return sizes;
    }

    private static Map<String, FileVersion> filesOnce(Path directory) throws IOException {
        Map<String, FileVersion> files = new TreeMap<>();
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                String name = entry.getFileName().toString();
                if (!name.startsWith("LOG") && !name.equals("LOCK")) {
                    files.put(name, FileVersion.read(entry));
                }
            }
        }
        return files;
    }

    private Kind kind(Path file) {
        String name = file.getFileName().toString();
        if (name.equals("LOCK")) {
            return Kind.LOCK_FILE;
        }
        return name.startsWith("FORMAT") ? Kind.FORMAT_FILE : Kind.JOURNAL_FILE;
    }

    private Kind directoryKind(Path directory) {
        if (directory.equals(state.getParent())) {
            return Kind.DATA_DIRECTORY;
        }
        if (directory.getFileName().toString().equals("journal")) {
            return Kind.JOURNAL_DIRECTORY;
        }
        return directory.startsWith(state.getParent()) ? Kind.SEGMENT_DIRECTORY : Kind.PARENT_DIRECTORY;
    }
}
