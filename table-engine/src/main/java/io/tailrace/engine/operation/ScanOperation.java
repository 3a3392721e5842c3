package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorMessages;
import io.tailrace.engine.expression.BoundCondition;
import io.tailrace.engine.expression.ExpressionKind;
import io.tailrace.engine.limits.Limits;
import io.tailrace.engine.read.ReadContext;
import io.tailrace.engine.read.ReadOperation;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;

/** Scan, in segments if so asked. (API Reference, Scan.) */
public final class ScanOperation implements ReadOperation<ScanResponse> {
    private final ScanRequest request;
    private final TableReference table;
    private final BoundCondition filter;
    private final ReadProjection projection;

    /** @throws DynamoException when the request is wrong whatever tables there are */
    public ScanOperation(ScanRequest request) {
        this.request = request;
        checkConstraints(request);
        table = TableReference.of(request.tableName());
        new ExpressionParameters()
                .older("AttributesToGet", request.attributesToGet())
                .older("ScanFilter", request.scanFilter())
                .older("ConditionalOperator", request.conditionalOperator())
                .expression("ProjectionExpression", request.projectionExpression())
                .expression("FilterExpression", request.filterExpression())
                .verify(request.expressionAttributeNames(), request.expressionAttributeValues());
        ReadProjection.checkAttributesToGet(request.attributesToGet());
        BoundCondition scanFilter = LegacyParameters.filter(
                "ScanFilter", request.scanFilter(), request.conditionalOperator(), request.malformedValues());
        ReadChecks.checkStartKeyWellFormed(request.malformedValues());
        checkSegments(request);
        ReadChecks.checkSelect(
                request.select(), request.projectionExpression(), request.attributesToGet(), request.indexName());
        BoundExpressions expressions = new BoundExpressions(
                request.expressionAttributeNames(), request.expressionAttributeValues(), request.malformedValues());
        filter = request.filterExpression() == null
                ? scanFilter
                : expressions.condition(ExpressionKind.FILTER, request.filterExpression());
        projection =
                new ReadProjection(request.attributesToGet(), expressions.projection(request.projectionExpression()));
        expressions.verifyAllUsed();
    }

    private static void checkConstraints(ScanRequest request) {
        Constraints constraints = new Constraints()
                .atLeast("limit", request.limit(), 1)
                .oneOf("returnConsumedCapacity", request.returnConsumedCapacity(), Choices.RETURN_CONSUMED_CAPACITY)
                .lengthAtLeast("attributesToGet", request.attributesToGet(), 1)
                .lengthAtMost("attributesToGet", request.attributesToGet(), Limits.MAX_ATTRIBUTES_TO_GET)
                .atLeast("segment", request.segment(), 0)
                .atMost("segment", request.segment(), Limits.MAX_TOTAL_SEGMENTS - 1)
                .oneOf("select", request.select(), Choices.SELECT);
        LegacyParameters.checkConstraints(constraints, "scanFilter", request.scanFilter());
        constraints
                .oneOf("conditionalOperator", request.conditionalOperator(), Choices.CONDITIONAL_OPERATOR)
                .atLeast("totalSegments", request.totalSegments(), 1)
                .atMost("totalSegments", request.totalSegments(), Limits.MAX_TOTAL_SEGMENTS)
                .tableName("tableName", request.tableName())
                .name("indexName", request.indexName())
                .verify();
    }

    private static void checkSegments(ScanRequest request) {
        if (request.segment() != null && request.totalSegments() == null) {
            throw DynamoException.validation(ErrorMessages.totalSegmentsMissing());
        }
        if (request.totalSegments() == null) {
            return;
        }
        if (request.segment() == null) {
            throw DynamoException.validation(ErrorMessages.segmentMissing());
        }
        if (request.segment() >= request.totalSegments()) {
            throw DynamoException.validation(ErrorMessages.segmentTooLarge(request.segment(), request.totalSegments()));
        }
    }

    /** The entries of a local index and the items that belong to them must be of one state. */
    @Override
    public boolean needsSnapshot() {
        return request.indexName() != null;
    }

    @Override
    public ScanResponse execute(ReadContext context) {
        TableDefinition definition = table.resolve(context);
        ReadTarget target = ReadTarget.of(definition, request.indexName());
        ReadChecks.checkConsistency(target, request.consistentRead());
        Item startKey = request.exclusiveStartKey();
        if (startKey != null) {
            checkStartKey(target, startKey);
        }
        boolean fetchWhole = ReadChecks.fetchesWhole(target, request.select(), projection);
        KeyRange range = range(target);
        if (startKey != null) {
            byte[] key = target.stateKey(startKey);
            if (!range.contains(key)) {
                throw DynamoException.validation(
                        ErrorMessages.startKeyOutsideSegment(request.totalSegments(), request.segment()));
            }
            range = range.startingAfter(key);
        }
        ExpressionPaths.verify(definition, projection.paths());
        if (filter != null) {
            ExpressionPaths.verify(definition, filter.paths());
            ReadChecks.checkFilterProjected(target, filter.paths());
        }
        CapacityAccount account = new CapacityAccount(table.requested());
        PageReader.Page page = new PageReader(context, target, shape(fetchWhole), account).read(range);
        return new ScanResponse(
                page.items(),
                page.count(),
                page.scannedCount(),
                page.lastEvaluatedKey(),
                account.report(
                        CapacityAccount.Detail.of(request.returnConsumedCapacity()), CapacityAccount.Kind.PLAIN));
    }

    private KeyRange range(ReadTarget target) {
        if (request.totalSegments() == null) {
            return KeyRange.ofPrefix(StateKeys.idPrefix(target.id()), true);
        }
        int segment = request.segment();
        int segments = request.totalSegments();
        return new KeyRange(
                StateKeys.segmentStart(target.id(), segment, segments),
                StateKeys.segmentEnd(target.id(), segment, segments),
                true);
    }

    private PageReader.Shape shape(boolean fetchWhole) {
        return new PageReader.Shape(
                request.limit() == null ? Integer.MAX_VALUE : request.limit(),
                Boolean.TRUE.equals(request.consistentRead()),
                fetchWhole,
                ReadChecks.isCount(request.select()),
                item -> filter == null || filter.test(item),
                projection::apply);
    }

    private static void checkStartKey(ReadTarget target, Item startKey) {
        if (target.index() != null) {
            ReadChecks.checkStartKeySize(target, startKey);
            ReadChecks.checkStartKeyAttributes(target.key().attributes(), startKey);
            KeyValidator.checkSizes(target.key(), startKey);
        } else if (startKey.size() != target.startKeyNames().size()) {
            throw DynamoException.validation(ErrorMessages.startKeyInvalid(ErrorMessages.keyDoesNotMatchSchema()));
        }
        ReadChecks.checkTableKeyOfStartKey(target, startKey);
    }
}
