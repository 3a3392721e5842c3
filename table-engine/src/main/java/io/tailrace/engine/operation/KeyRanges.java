package io.tailrace.engine.operation;

import io.tailrace.engine.expression.KeyCondition;
import io.tailrace.engine.expression.SortRange;
import io.tailrace.schemas.key.KeyCodec;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.AttributeValue;

/** Where the entries are that a key condition asks for. */
final class KeyRanges {
    private KeyRanges() {}

    static KeyRange of(int id, KeyCondition condition, boolean forward) {
        byte[] prefix = StateKeys.partitionPrefix(id, condition.schema(), condition.equalities());
        for (AttributeValue value : condition.sortEqualities()) {
            prefix = StateKeys.concat(prefix, KeyCodec.encode(value));
        }
        return condition.range().isPresent()
                ? of(prefix, condition.range().get(), forward)
                : KeyRange.ofPrefix(prefix, forward);
    }

    private static KeyRange of(byte[] prefix, SortRange range, boolean forward) {
        byte[] end = StateKeys.successor(prefix);
        return switch (range.operator()) {
            case LT -> new KeyRange(prefix, at(prefix, range.operand()), forward);
            case LE -> new KeyRange(prefix, after(prefix, range.operand()), forward);
            case GT -> new KeyRange(after(prefix, range.operand()), end, forward);
            case GE -> new KeyRange(at(prefix, range.operand()), end, forward);
            case BETWEEN -> new KeyRange(at(prefix, range.operand()), after(prefix, range.upper()), forward);
            case BEGINS_WITH -> KeyRange.ofPrefix(StateKeys.concat(prefix, KeyCodec.prefix(range.operand())), forward);
        };
    }

    /** Where entries of this value begin. */
    private static byte[] at(byte[] prefix, AttributeValue value) {
        return StateKeys.concat(prefix, KeyCodec.encode(value));
    }

    /** Where entries of this value end. */
    private static byte[] after(byte[] prefix, AttributeValue value) {
        return StateKeys.successor(at(prefix, value));
    }
}
