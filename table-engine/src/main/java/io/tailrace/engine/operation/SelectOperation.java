package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.StatementErrorMessages;
import io.tailrace.engine.limits.Limits;
import io.tailrace.engine.read.ReadContext;
import io.tailrace.engine.read.ReadOperation;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemSize;
import io.tailrace.schemas.model.TableDefinition;
import java.util.ArrayList;
import java.util.List;

/**
 * SELECT on its own: reads pages as Query and Scan do, of one partition after the other when the statement names several.
 * (API Reference, ExecuteStatement; Developer Guide, "PartiQL select statements for DynamoDB".)
 */
final class SelectOperation implements ReadOperation<ExecuteStatementResponse> {
    /**
     * How to read.
     *
     * @param limit entries to look at, at most
     * @param nextToken null for the beginning
     * @param fingerprint what a token must have been made for
     */
    record Options(boolean consistent, int limit, String nextToken, int fingerprint, String returnConsumedCapacity) {}

    private final SelectStatement select;
    private final Options options;
    private final StatementToken start;

    SelectOperation(SelectStatement select, Options options) {
        this.select = select;
        this.options = options;
        start = options.nextToken() == null
                ? new StatementToken(0, Item.EMPTY)
                : StatementToken.decode(options.nextToken(), options.fingerprint());
    }

    /** The entries of a local index and the items that belong to them must be of one state. */
    @Override
    public boolean needsSnapshot() {
        return select.indexName() != null;
    }

    @Override
    public ExecuteStatementResponse execute(ReadContext context) {
        TableDefinition definition = select.table().resolve(context);
        ReadTarget target = select.target(definition);
        if (target.global() && options.consistent()) {
            throw DynamoException.validation(StatementErrorMessages.consistentReadOfGlobalIndex());
        }
        SelectRanges ranges = new SelectRanges(target, select.terms());
        List<List<AttributeValue>> partitions = ranges.partitions();
        boolean forward = select.isForward(target, !partitions.isEmpty());
        boolean fetchWhole = ReadChecks.fetchesWhole(target, null, select.projection());
        select.verifyPaths(definition);
        if (select.where() != null) {
            ReadChecks.checkFilterProjected(target, select.where().paths());
        }
        Pages pages = new Pages(context, target, fetchWhole);
        pages.read(ranges.ranges(select.ordered(target, partitions), forward));
        return pages.response();
    }

    /** The answer as it grows from range to range. */
    private final class Pages {
        private final ReadContext context;
        private final ReadTarget target;
        private final boolean fetchWhole;
        private final CapacityAccount account =
                new CapacityAccount(select.table().requested());
        private final List<Item> items = new ArrayList<>();
        private int remaining = options.limit();
        private StatementToken next;

        Pages(ReadContext context, ReadTarget target, boolean fetchWhole) {
            this.context = context;
            this.target = target;
            this.fetchWhole = fetchWhole;
        }

        void read(List<KeyRange> ranges) {
            if (start.range() < 0 || start.range() >= ranges.size()) {
                throw DynamoException.validation(StatementErrorMessages.invalidNextToken());
            }
            long bytes = 0;
            for (int i = start.range(); i < ranges.size() && next == null; i++) {
                KeyRange range = ranges.get(i);
                if (i == start.range() && !start.startKey().isEmpty()) {
                    range = range.startingAfter(startKey(range));
                }
                PageReader.Page page = new PageReader(context, target, shape(), account).read(range);
                items.addAll(page.items());
                remaining -= page.scannedCount();
                for (Item item : page.items()) {
                    bytes += ItemSize.of(item);
                }
                if (page.lastEvaluatedKey() != null) {
                    next = new StatementToken(i, page.lastEvaluatedKey());
                } else if (bytes >= Limits.MAX_PAGE_BYTES && i + 1 < ranges.size()) {
                    next = new StatementToken(i + 1, Item.EMPTY);
                }
            }
        }

        /** The place of the token's key, which must be one that the range can have ended with. */
        private byte[] startKey(KeyRange range) {
            Item key = start.startKey();
            try {
                ReadChecks.checkStartKeySize(target, key);
                ReadChecks.checkStartKeyAttributes(target.key().attributes(), key);
                ReadChecks.checkTableKeyOfStartKey(target, key);
            } catch (DynamoException unfit) {
                throw DynamoException.validation(StatementErrorMessages.invalidNextToken());
            }
            byte[] stateKey = target.stateKey(key);
            if (!range.contains(stateKey)) {
                throw DynamoException.validation(StatementErrorMessages.invalidNextToken());
            }
            return stateKey;
        }

        private PageReader.Shape shape() {
            return new PageReader.Shape(
                    remaining, options.consistent(), fetchWhole, false, select::accepts, select::project);
        }

        ExecuteStatementResponse response() {
            boolean key = next != null && !next.startKey().isEmpty();
            return new ExecuteStatementResponse(
                    items,
                    next == null ? null : next.encode(options.fingerprint()),
                    key ? next.startKey() : null,
                    account.report(
                            CapacityAccount.Detail.of(options.returnConsumedCapacity()), CapacityAccount.Kind.PLAIN));
        }
    }
}
