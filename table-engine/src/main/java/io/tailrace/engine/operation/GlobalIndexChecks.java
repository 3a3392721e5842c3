package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorMessages;
import io.tailrace.engine.error.TableErrorMessages;
import io.tailrace.engine.limits.Limits;
import java.util.HashSet;
import java.util.List;

/** What CreateTable and UpdateTable check of a new index: its key schema and its projection. */
final class GlobalIndexChecks {
    private static final String HASH = "HASH";
    private static final String RANGE = "RANGE";

    private GlobalIndexChecks() {}

    /** A key schema of a global index: one to four HASH, then none to four RANGE attributes, all of them defined. */
    static void keySchema(List<KeySchemaElement> key, List<String> defined) {
        List<String> names = key.stream().map(KeySchemaElement::attributeName).toList();
        defined(names, defined);
        if (key.size() == 2) {
            check(!names.get(0).equals(names.get(1)), TableErrorMessages.keyOfOneName());
        }
        check(key.get(0).keyType().equals(HASH), TableErrorMessages.firstKeyNotHash());
        check(new HashSet<>(names).size() == names.size(), TableErrorMessages.keyNamesRepeated());
        int hashes = 0;
        for (KeySchemaElement element : key) {
            hashes += element.keyType().equals(HASH) ? 1 : 0;
        }
        for (int i = 0; i < key.size(); i++) {
            check(key.get(i).keyType().equals(i < hashes ? HASH : RANGE), TableErrorMessages.hashAfterRange());
        }
        check(hashes <= Limits.MAX_INDEX_KEY_PARTS, TableErrorMessages.tooManyKeyAttributes(HASH));
        check(key.size() - hashes <= Limits.MAX_INDEX_KEY_PARTS, TableErrorMessages.tooManyKeyAttributes(RANGE));
    }

    static void defined(List<String> names, List<String> defined) {
        check(
                defined.containsAll(names),
                ErrorMessages.invalidParameters(
                        "Some index key attributes are not defined in AttributeDefinitions. Keys: " + names
                                + ", AttributeDefinitions: " + defined));
    }

    /** Returns how many attributes it names, for the limit of all indexes together. */
    static int projection(ProjectionSpecification projection) {
        String type = projection.projectionType();
        List<String> attributes = projection.nonKeyAttributes();
        check(type != null, ErrorMessages.invalidParameters("Unknown ProjectionType: null"));
        boolean include = type.equals("INCLUDE");
        check(
                attributes == null || include,
                ErrorMessages.invalidParameters("ProjectionType is " + type + ", but NonKeyAttributes is specified"));
        check(
                attributes != null || !include,
                ErrorMessages.invalidParameters("ProjectionType is INCLUDE, but NonKeyAttributes is not specified"));
        if (!include) {
            return 0;
        }
        check(
                new HashSet<>(attributes).size() == attributes.size(),
                ErrorMessages.invalidParameters("Duplicate value in NonKeyAttributes"));
        return attributes.size();
    }

    static void projectedAttributes(int ofAllIndexes) {
        check(
                ofAllIndexes <= Limits.MAX_PROJECTED_ATTRIBUTES,
                ErrorMessages.invalidParameters("Number of NonKeyAttributes of all indexes exceeds per-table limit of "
                        + Limits.MAX_PROJECTED_ATTRIBUTES));
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw DynamoException.validation(message);
        }
    }
}
