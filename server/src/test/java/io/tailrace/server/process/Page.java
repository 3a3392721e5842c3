package io.tailrace.server.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of code of a page of the documentation. */
record Page(List<Block> blocks) {
    private static final Pattern BLOCK = Pattern.compile("^```(\\w+)\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    /** A block as it is printed. */
    record Block(String language, String text) {}

    static Page read(Path file) throws IOException {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(Files.readString(file));
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        return new Page(blocks);
    }

    List<Block> of(String language) {
        return blocks.stream()
                .filter(block -> block.language().equals(language))
                .toList();
    }

    /** The one block of this language that has this text in it. */
    String block(String language, String part) {
        List<String> found = of(language).stream()
                .map(Block::text)
                .filter(text -> text.contains(part))
                .toList();
        if (found.size() != 1) {
            throw new IllegalStateException(found.size() + " blocks with " + part);
        }
        return found.get(0);
    }
}
