package io.tailrace.engine.expression;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.BiFunction;

/**
 * Remembers what texts parse to. Parsing is a pure function of kind and text and trees are immutable, so that this memo
 * cannot be observed but in time: that is why the expression classes may each keep one in a static field. Refused texts
 * are not remembered: hostile input cannot push out good entries.
 *
 * @param <T> the parsed expression
 */
final class ParseCache<T> {
    /** Most remembered text of each sort, characters; a tree takes some tens of bytes for each. */
    private static final long MAX_TEXT_CHARACTERS = 500_000;

    /** What an entry costs beside its text. */
    private static final int ENTRY_CHARACTERS = 64;

    private record Key(ExpressionKind kind, String text) {}

    private final Cache<Key, T> cache = Caffeine.newBuilder()
            .maximumWeight(MAX_TEXT_CHARACTERS)
            .weigher((Key key, T parsed) -> key.text().length() + ENTRY_CHARACTERS)
            // Upkeep is small: it needs no thread of its own.
            .executor(Runnable::run)
            .build();
    private final BiFunction<ExpressionKind, String, T> parser;

    ParseCache(BiFunction<ExpressionKind, String, T> parser) {
        this.parser = parser;
    }

    T get(ExpressionKind kind, String text) {
        return cache.get(new Key(kind, text), key -> parser.apply(key.kind(), key.text()));
    }
}
