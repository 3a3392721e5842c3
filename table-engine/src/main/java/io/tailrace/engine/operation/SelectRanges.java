package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.StatementErrorMessages;
import io.tailrace.engine.expression.ComparisonOperator;
import io.tailrace.engine.expression.Condition;
import io.tailrace.engine.expression.ExpressionFunction;
import io.tailrace.engine.expression.KeyCondition;
import io.tailrace.engine.expression.Operand;
import io.tailrace.engine.expression.SortRange;
import io.tailrace.schemas.key.KeyCodec;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.KeyAttribute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a SELECT has to look: the key conditions among the terms of its WHERE clause, as ranges of keys. Without a condition
 * on the whole partition key that is everything. The WHERE clause stays the filter, so that a range may only be too wide.
 * (Developer Guide, "PartiQL select statements for DynamoDB".)
 */
final class SelectRanges {
    private final ReadTarget target;
    private final List<Condition> terms;

    SelectRanges(ReadTarget target, List<Condition> terms) {
        this.target = target;
        this.terms = terms;
    }

    /** Values of the partition key, one list for each range; empty when the clause does not give them. */
    List<List<AttributeValue>> partitions() {
        List<KeyAttribute> attributes = target.key().partitionKey();
        List<AttributeValue> equal = new ArrayList<>();
        for (KeyAttribute attribute : attributes) {
            Operand.Constant value = WhereTerms.equality(terms, attribute.name());
            if (value != null) {
                equal.add(checked(attribute, value));
            }
        }
        if (equal.size() == attributes.size()) {
            return List.of(equal);
        }
        return attributes.size() == 1 ? listed(attributes.get(0)) : List.of();
    }

    /** The partitions of attribute IN [...], each once. */
    private List<List<AttributeValue>> listed(KeyAttribute attribute) {
        for (Condition term : terms) {
            if (term instanceof Condition.In in
                    && WhereTerms.isAttribute(in.value(), attribute.name())
                    && in.candidates().stream().allMatch(Operand.Constant.class::isInstance)) {
                Set<List<AttributeValue>> values = new LinkedHashSet<>();
                in.candidates().forEach(candidate -> values.add(List.of(checked(attribute, candidate))));
                return List.copyOf(values);
            }
        }
        return List.of();
    }

    /** The ranges in the order in which they are to be read. */
    List<KeyRange> ranges(List<List<AttributeValue>> partitions, boolean forward) {
        if (partitions.isEmpty()) {
            return List.of(KeyRange.ofPrefix(StateKeys.idPrefix(target.id()), forward));
        }
        List<AttributeValue> sortEqualities = sortEqualities();
        List<SortRange> sortRanges = sortRanges(sortEqualities.size());
        List<KeyRange> ranges = new ArrayList<>();
        for (List<AttributeValue> partition : partitions) {
            KeyCondition whole = new KeyCondition(target.key(), partition, sortEqualities, Optional.empty());
            KeyValidator.checkSizes(target.key(), whole.equalities());
            KeyRange range = KeyRanges.of(target.id(), whole, forward);
            for (SortRange sortRange : sortRanges) {
                range = intersection(
                        range,
                        KeyRanges.of(
                                target.id(),
                                new KeyCondition(target.key(), partition, sortEqualities, Optional.of(sortRange)),
                                forward));
            }
            ranges.add(range);
        }
        return ranges;
    }

    private List<AttributeValue> sortEqualities() {
        List<AttributeValue> values = new ArrayList<>();
        for (KeyAttribute attribute : target.key().sortKey()) {
            Operand.Constant value = WhereTerms.equality(terms, attribute.name());
            if (value == null) {
                break;
            }
            values.add(checked(attribute, value));
        }
        return values;
    }

    /** What the terms say of the sort key attribute after the ones that are fixed. */
    private List<SortRange> sortRanges(int fixed) {
        List<SortRange> ranges = new ArrayList<>();
        if (fixed < target.key().sortKey().size()) {
            KeyAttribute attribute = target.key().sortKey().get(fixed);
            for (Condition term : terms) {
                SortRange range = sortRange(attribute, term);
                if (range != null) {
                    ranges.add(range);
                }
            }
        }
        return ranges;
    }

    /** The term as a range of the attribute, or null when it is none. */
    private static SortRange sortRange(KeyAttribute attribute, Condition term) {
        Condition.Comparison comparison = WhereTerms.comparison(term, attribute.name());
        if (comparison != null) {
            SortRange.Operator operator = operator(comparison.operator());
            return operator == null
                    ? null
                    : new SortRange(attribute, operator, typed(attribute, comparison.right()), null);
        }
        if (term instanceof Condition.Between between
                && WhereTerms.isAttribute(between.value(), attribute.name())
                && between.low() instanceof Operand.Constant
                && between.high() instanceof Operand.Constant) {
            return new SortRange(
                    attribute,
                    SortRange.Operator.BETWEEN,
                    typed(attribute, between.low()),
                    typed(attribute, between.high()));
        }
        if (term instanceof Condition.Call call
                && call.function() == ExpressionFunction.BEGINS_WITH
                && WhereTerms.isAttribute(call.operands().get(0), attribute.name())
                && call.operands().get(1) instanceof Operand.Constant prefix) {
            return new SortRange(attribute, SortRange.Operator.BEGINS_WITH, typed(attribute, prefix), null);
        }
        return null;
    }

    private static SortRange.Operator operator(ComparisonOperator operator) {
        return switch (operator) {
            case LT -> SortRange.Operator.LT;
            case LE -> SortRange.Operator.LE;
            case GT -> SortRange.Operator.GT;
            case GE -> SortRange.Operator.GE;
            case EQ, NE -> null;
        };
    }

    /** A key attribute's value, which must be of its type and not empty. */
    static AttributeValue checked(KeyAttribute attribute, Operand constant) {
        AttributeValue value = typed(attribute, constant);
        KeyValidator.checkKeyAttribute(
                attribute, Item.builder().set(attribute.name(), value).build());
        return value;
    }

    private static AttributeValue typed(KeyAttribute attribute, Operand constant) {
        AttributeValue value = ((Operand.Constant) constant).value();
        if (value.type() != attribute.type()) {
            throw DynamoException.validation(StatementErrorMessages.keyType(attribute.name()));
        }
        return value;
    }

    private static KeyRange intersection(KeyRange one, KeyRange other) {
        byte[] from = Arrays.compareUnsigned(one.from(), other.from()) >= 0 ? one.from() : other.from();
        byte[] to = Arrays.compareUnsigned(one.to(), other.to()) <= 0 ? one.to() : other.to();
        return new KeyRange(from, to, one.forward());
    }

    /** The order of partition key values of one type. */
    static int compare(List<AttributeValue> left, List<AttributeValue> right) {
        return Arrays.compareUnsigned(KeyCodec.encode(left.get(0)), KeyCodec.encode(right.get(0)));
    }
}
