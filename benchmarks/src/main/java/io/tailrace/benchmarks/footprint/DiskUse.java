package io.tailrace.benchmarks.footprint;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What a directory takes of the disk. */
final class DiskUse {
    private static final long KIB = 1024;

    private DiskUse() {}

    /**
     * The bytes of all files, holes not counted, in steps of 1 KiB: Java knows files' lengths only, du knows their blocks.
     * What du finds gone while it looks does not count.
     */
    static long bytes(Path directory) throws IOException, InterruptedException {
        Process du = new ProcessBuilder("du", "-sk", directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(du.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            du.waitFor();
            if (line == null || !line.contains("\t")) {
                throw new IOException("du does not say how large " + directory + " is");
            }
            return Long.parseLong(line.substring(0, line.indexOf('\t'))) * KIB;
        }
    }
}
