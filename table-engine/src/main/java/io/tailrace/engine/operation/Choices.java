package io.tailrace.engine.operation;

import java.util.List;

/** The values of the API's enumerated members, in the order in which its error texts list them. */
enum Choices {
    RETURN_CONSUMED_CAPACITY("INDEXES", "TOTAL", "NONE"),
    RETURN_ITEM_COLLECTION_METRICS("SIZE", "NONE"),
    RETURN_VALUES("ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW"),
    RETURN_VALUES_ON_CONDITION_CHECK_FAILURE("ALL_OLD", "NONE"),
    CONDITIONAL_OPERATOR("OR", "AND"),
    COMPARISON_OPERATOR(
            "IN",
            "NULL",
            "BETWEEN",
            "LT",
            "NOT_CONTAINS",
            "EQ",
            "GT",
            "NOT_NULL",
            "NE",
            "LE",
            "BEGINS_WITH",
            "GE",
            "CONTAINS"),
    ATTRIBUTE_ACTION("ADD", "DELETE", "PUT"),
    SELECT("SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"),
    ATTRIBUTE_TYPE("B", "N", "S"),
    KEY_TYPE("HASH", "RANGE"),
    PROJECTION_TYPE("ALL", "INCLUDE", "KEYS_ONLY"),
    BILLING_MODE("PROVISIONED", "PAY_PER_REQUEST"),
    STREAM_VIEW_TYPE("NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY"),
    TABLE_CLASS("STANDARD", "STANDARD_INFREQUENT_ACCESS"),
    MULTI_REGION_CONSISTENCY("EVENTUAL", "STRONG"),
    SSE_TYPE("AES256", "KMS"),
    BACKUP_TYPE("ALL", "USER", "SYSTEM", "AWS_BACKUP");

    private final List<String> values;

    Choices(String... values) {
        this.values = List.of(values);
    }

    boolean has(String value) {
        return values.contains(value);
    }

    List<String> texts() {
        return values;
    }
}
