package io.tailrace.engine.limits;

import java.time.Duration;

/** Limits of the service. (Developer Guide, "Quotas in Amazon DynamoDB" and "Constraints"; API Reference.) */
public final class Limits {
    /** An item with its attribute names, by DynamoDB's size rules. ("Items", item size.) */
    public static final int MAX_ITEM_SIZE_BYTES = 400 * 1024;

    /** ("Partition keys and sort keys".) */
    public static final int MAX_PARTITION_KEY_BYTES = 2048;

    /** ("Partition keys and sort keys".) */
    public static final int MAX_SORT_KEY_BYTES = 1024;

    /** Levels of lists and maps in a value. ("Attributes", nested attribute depth.) */
    public static final int MAX_NESTING_DEPTH = 32;

    /** ("Attribute names".) */
    public static final int MAX_ATTRIBUTE_NAME_BYTES = 65_535;

    /** Key and index key attributes. ("Attribute names".) */
    public static final int MAX_KEY_ATTRIBUTE_NAME_LENGTH = 255;

    /** Any expression string. ("Expression parameters".) */
    public static final int MAX_EXPRESSION_BYTES = 4096;

    /** Table and index names. ("Naming rules".) */
    public static final int MIN_NAME_LENGTH = 3;

    /** Table and index names. ("Naming rules".) */
    public static final int MAX_NAME_LENGTH = 255;

    /** A table given by its ARN. (API Reference, TableArn.) */
    public static final int MAX_TABLE_ARN_LENGTH = 1024;

    /** A backup, an export or an import given by its ARN. (API Reference, BackupArn, ExportArn, ImportArn.) */
    public static final int MIN_RESOURCE_ARN_LENGTH = 37;

    /** ("Secondary indexes".) */
    public static final int MAX_LOCAL_SECONDARY_INDEXES = 5;

    /** ("Secondary indexes".) */
    public static final int MAX_GLOBAL_SECONDARY_INDEXES = 20;

    /** Attributes named in all INCLUDE projections of a table together. ("Secondary indexes".) */
    public static final int MAX_PROJECTED_ATTRIBUTES = 100;

    /** Names in one NonKeyAttributes list. (API Reference, Projection.) */
    public static final int MAX_NON_KEY_ATTRIBUTES = 20;

    /** Attributes that make up the partition key of a global secondary index; its sort key likewise. */
    public static final int MAX_INDEX_KEY_PARTS = 4;

    /** Tables of an account in a region by default. ("Tables".) */
    public static final int MAX_TABLES = 2500;

    /** Read or write capacity units of one table or index. */
    public static final long MAX_CAPACITY_UNITS = 1_000_000_000_000L;

    /** BatchWriteItem. */
    public static final int MAX_BATCH_WRITE_ITEMS = 25;

    /** BatchGetItem. */
    public static final int MAX_BATCH_GET_KEYS = 100;

    /** What BatchGetItem returns at most. */
    public static final int MAX_BATCH_GET_BYTES = 16 * 1024 * 1024;

    /** A request's body. ("API-specific limits", BatchWriteItem.) */
    public static final int MAX_REQUEST_BYTES = 16 * 1024 * 1024;

    /** TransactWriteItems and TransactGetItems. */
    public static final int MAX_TRANSACTION_ACTIONS = 100;

    /** All items of one transaction together. */
    public static final int MAX_TRANSACTION_BYTES = 4 * 1024 * 1024;

    /** How long a client request token is remembered. (API Reference, TransactWriteItems, ClientRequestToken.) */
    public static final Duration REQUEST_TOKEN_LIFETIME = Duration.ofMinutes(10);

    /** Client request tokens that are remembered at a time. Tailrace's own limit: the service names none. */
    public static final long MAX_REQUEST_TOKENS = 5_000_000;

    /** The text of a PartiQL statement. (API Reference, ExecuteStatement.) */
    public static final int MAX_STATEMENT_LENGTH = 8192;

    /** BatchExecuteStatement. */
    public static final int MAX_BATCH_STATEMENTS = 25;

    /** What a page of Query or Scan reads before it ends. */
    public static final int MAX_PAGE_BYTES = 1024 * 1024;

    /** Query and Scan, AttributesToGet. */
    public static final int MAX_ATTRIBUTES_TO_GET = 255;

    /** Scan, TotalSegments. */
    public static final int MAX_TOTAL_SEGMENTS = 1_000_000;

    /** ListTables, Limit; also what it returns without. */
    public static final int MAX_LIST_TABLES = 100;

    /** Bytes that one read capacity unit reads strongly consistently. */
    public static final int READ_UNIT_BYTES = 4096;

    /** Bytes that one write capacity unit writes. */
    public static final int WRITE_UNIT_BYTES = 1024;

    /** (API Reference, Tag.) */
    public static final int MAX_TAG_KEY_LENGTH = 128;

    /** (API Reference, Tag.) */
    public static final int MAX_TAG_VALUE_LENGTH = 256;

    /** Tags of a resource. */
    public static final int MAX_TAGS = 50;

    /** ("Item collections", size limit with local secondary indexes.) */
    public static final long MAX_ITEM_COLLECTION_BYTES = 10L * 1024 * 1024 * 1024;

    /** Decreases of provisioned throughput on one day, in UTC, before they are limited. ("Decreasing provisioned throughput".) */
    public static final int FREE_DECREASES_PER_DAY = 4;

    /** Between further decreases on that day. (Likewise.) */
    public static final Duration DECREASE_INTERVAL = Duration.ofHours(1);

    /** Switches to on-demand within {@link #ON_DEMAND_SWITCH_PERIOD}. ("Switching capacity modes".) */
    public static final int ON_DEMAND_SWITCHES = 4;

    /** (Likewise.) */
    public static final Duration ON_DEMAND_SWITCH_PERIOD = Duration.ofHours(24);

    /** Changes of the table class within {@link #TABLE_CLASS_CHANGE_PERIOD}. ("Table classes".) */
    public static final int TABLE_CLASS_CHANGES = 2;

    /** (Likewise.) */
    public static final Duration TABLE_CLASS_CHANGE_PERIOD = Duration.ofDays(30);

    private Limits() {}
}
