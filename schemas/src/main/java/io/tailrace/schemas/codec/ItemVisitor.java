package io.tailrace.schemas.codec;

import io.tailrace.schemas.model.AttributeType;
import java.io.IOException;

/**
 * Is told of an encoded item, of its outermost map first. Bytes are those of the item itself, not to be changed; text is UTF-8, a
 * number's text its canonical one.
 */
public interface ItemVisitor {
    /** The item, or a value of type M; the name of each member comes before its value. */
    void beginMap() throws IOException;

    void name(byte[] bytes, int offset, int length) throws IOException;

    void endMap() throws IOException;

    /** What is told up to {@link #endValue} is the value. */
    void beginValue(AttributeType type) throws IOException;

    void endValue() throws IOException;

    /** S or N, or an element of SS or NS. */
    void text(byte[] bytes, int offset, int length) throws IOException;

    /** B, or an element of BS. */
    void binary(byte[] bytes, int offset, int length) throws IOException;

    /** BOOL; true for NULL. */
    void bool(boolean value) throws IOException;

    /** A value of type L, or the elements of a set. */
    void beginList() throws IOException;

    void endList() throws IOException;
}
