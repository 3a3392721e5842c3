package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.expression.ComparisonOperator;
import io.tailrace.engine.expression.Condition;
import io.tailrace.engine.expression.Operand;
import io.tailrace.engine.expression.Path;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.TableDefinition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a WHERE clause says of single attributes whatever else it says: the terms that an item must satisfy. */
final class WhereTerms {
    private WhereTerms() {}

    /** All conditions of which each must hold; nested ANDs too. */
    static List<Condition> terms(Condition condition) {
        List<Condition> terms = new ArrayList<>();
        collect(condition, terms);
        return terms;
    }

    private static void collect(Condition condition, List<Condition> terms) {
        if (condition instanceof Condition.And and) {
            and.conditions().forEach(term -> collect(term, terms));
        } else {
            terms.add(condition);
        }
    }

    /** The term as a comparison of the attribute, which stands on the left, with a value; null when it is none. */
    static Condition.Comparison comparison(Condition term, String attribute) {
        if (!(term instanceof Condition.Comparison comparison)) {
            return null;
        }
        if (isAttribute(comparison.left(), attribute) && comparison.right() instanceof Operand.Constant) {
            return comparison;
        }
        if (isAttribute(comparison.right(), attribute) && comparison.left() instanceof Operand.Constant) {
            Operand attributeSide = comparison.right();
            Operand valueSide = comparison.left();
            return new Condition.Comparison(comparison.operator().reversed(), attributeSide, valueSide);
        }
        return null;
    }

    /** The value that the attribute must have by one of the terms; null when none says so. */
    static Operand.Constant equality(List<Condition> terms, String attribute) {
        for (Condition term : terms) {
            Condition.Comparison comparison = comparison(term, attribute);
            if (comparison != null && comparison.operator() == ComparisonOperator.EQ) {
                return (Operand.Constant) comparison.right();
            }
        }
        return null;
    }

    /**
     * The key that the terms give of a table, or nothing when they leave a part of it open.
     *
     * @throws DynamoException when a value cannot be of a key
     */
    static Optional<Item> key(TableDefinition table, List<Condition> terms) {
        Item.Builder key = Item.builder();
        for (KeyAttribute attribute : table.key().attributes()) {
            Operand.Constant value = equality(terms, attribute.name());
            if (value == null) {
                return Optional.empty();
            }
            key.set(attribute.name(), SelectRanges.checked(attribute, value));
        }
        return Optional.of(key.build());
    }

    /** The names of the attributes that the terms give values for. */
    static Set<String> fixedAttributes(List<Condition> terms) {
        Set<String> names = new LinkedHashSet<>();
        for (Condition term : terms) {
            if (term instanceof Condition.Comparison comparison && comparison.operator() == ComparisonOperator.EQ) {
                for (Operand side : List.of(comparison.left(), comparison.right())) {
                    if (side instanceof Path path && equality(List.of(term), path.topLevelName()) != null) {
                        names.add(path.topLevelName());
                    }
                }
            }
        }
        return names;
    }

    static boolean isAttribute(Operand operand, String attribute) {
        return operand instanceof Path path
                && !path.isNested()
                && path.topLevelName().equals(attribute);
    }
}
