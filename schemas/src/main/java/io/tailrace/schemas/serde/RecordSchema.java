package io.tailrace.schemas.serde;

/** The schemas of record values. */
public enum RecordSchema {
    CHANGE_RECORD("ChangeRecord"),
    STREAM_RECORD("StreamRecord"),
    COMMAND("Command");

    private final String recordName;

    RecordSchema(String recordName) {
        this.recordName = recordName;
    }

    /** The Avro record's name, which is also the folder of its published versions. */
    public String recordName() {
        return recordName;
    }
}
