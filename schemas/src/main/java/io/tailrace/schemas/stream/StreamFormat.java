package io.tailrace.schemas.stream;

/** How the values of a stream topic are written. A topic can hold both, after a change; readers tell them apart. */
public enum StreamFormat {
    /** {@code StreamRecord.avsc}, in Avro's single-object encoding or the Confluent wire format. */
    AVRO,
    /** The JSON of the records of a Lambda function's event. */
    JSON
}
