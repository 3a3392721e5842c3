package io.tailrace.engine.partiql;

/** What a write returns of its item. */
public enum Returning {
    NOTHING("", "NONE"),
    ALL_OLD("ALL OLD", "ALL_OLD"),
    ALL_NEW("ALL NEW", "ALL_NEW"),
    MODIFIED_OLD("MODIFIED OLD", "UPDATED_OLD"),
    MODIFIED_NEW("MODIFIED NEW", "UPDATED_NEW");

    private final String words;
    private final String returnValues;

    Returning(String words, String returnValues) {
        this.words = words;
        this.returnValues = returnValues;
    }

    /** As a statement says it. */
    public String words() {
        return words;
    }

    /** As the parameter ReturnValues of the other operations says it. */
    public String returnValues() {
        return returnValues;
    }
}
