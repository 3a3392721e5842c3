package io.tailrace.schemas.bytes;

/**
 * UTF-8 without intermediate arrays. DynamoDB orders and measures strings by their UTF-8 bytes (Developer Guide,
 * "Supported data types and naming rules", String), which is not the order of {@link String#compareTo}: there
 * supplementary characters come before U+E000 to U+FFFF.
 *
 * <p>An unpaired surrogate is no character; as everywhere in the JDK it is written as a question mark.
 */
public final class Utf8 {
    private static final int REPLACEMENT = '?';

    private Utf8() {}

    /** How many bytes {@code text} takes in UTF-8. */
    public static int length(String text) {
        int chars = text.length();
        int bytes = chars;
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                continue;
            }
            if (c < 0x800) {
                bytes += 1;
            } else if (!Character.isSurrogate(c)) {
                bytes += 2;
            } else if (isPairAt(text, i)) {
                bytes += 2;
                i++;
            }
        }
        return bytes;
    }

    /** Writes {@code text} to {@code target} from {@code offset} on and returns the offset behind it. */
    public static int write(String text, byte[] target, int offset) {
        int at = offset;
        int chars = text.length();
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                target[at++] = (byte) c;
            } else if (c < 0x800) {
                target[at++] = (byte) (0xC0 | c >> 6);
                target[at++] = (byte) (0x80 | c & 0x3F);
            } else if (!Character.isSurrogate(c)) {
                target[at++] = (byte) (0xE0 | c >> 12);
                target[at++] = (byte) (0x80 | c >> 6 & 0x3F);
                target[at++] = (byte) (0x80 | c & 0x3F);
            } else if (isPairAt(text, i)) {
                int codePoint = Character.toCodePoint(c, text.charAt(++i));
                target[at++] = (byte) (0xF0 | codePoint >> 18);
                target[at++] = (byte) (0x80 | codePoint >> 12 & 0x3F);
                target[at++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
                target[at++] = (byte) (0x80 | codePoint & 0x3F);
            } else {
                target[at++] = (byte) REPLACEMENT;
            }
        }
        return at;
    }

    /** Compares by UTF-8 bytes, which is the order of the code points. */
    public static int compare(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                return Character.isSurrogate(a) == Character.isSurrogate(b)
                        ? Character.compare(a, b)
                        : Character.isSurrogate(a) ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /** Whether every surrogate in {@code text} is one of a pair: whether UTF-8 can carry it. */
    public static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!isPairAt(text, i)) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static boolean isPairAt(String text, int index) {
        return Character.isHighSurrogate(text.charAt(index))
                && index + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(index + 1));
    }
}
