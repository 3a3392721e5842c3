package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorMessages;
import io.tailrace.engine.expression.BoundCondition;
import io.tailrace.engine.limits.Limits;
import io.tailrace.engine.read.ReadContext;
import io.tailrace.engine.read.ReadOperation;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.Item;
import java.util.List;

/** Scan, in segments if so asked. (API Reference, Scan.) */
public final class ScanOperation implements ReadOperation<ScanResponse> {
    private final ScanRequest request;
    private final PagedRead read;

    /** @throws DynamoException when the request is wrong whatever tables there are */
    public ScanOperation(ScanRequest request) {
        this.request = request;
        checkConstraints(request);
        List<MalformedValue> malformedValues = MalformedValue.inOlderWords(request.malformedValues());
        PagedRead.parameters(request, "ScanFilter", request.scanFilter())
                .verify(request.expressionAttributeNames(), request.expressionAttributeValues());
        ReadProjection.checkAttributesToGet(request.attributesToGet());
        BoundCondition scanFilter = LegacyParameters.filter(
                "ScanFilter", request.scanFilter(), request.conditionalOperator(), malformedValues);
        ReadChecks.checkStartKeyWellFormed(malformedValues);
        checkSegments(request);
        ReadChecks.checkSelect(
                request.select(), request.projectionExpression(), request.attributesToGet(), request.indexName());
        BoundExpressions expressions = BoundExpressions.inOlderWords(
                request.expressionAttributeNames(), request.expressionAttributeValues(), malformedValues);
        read = new PagedRead(request, scanFilter, expressions);
    }

    private static void checkConstraints(ScanRequest request) {
        Constraints constraints = PagedRead.constraints(new Constraints().atLeast("limit", request.limit(), 1), request)
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

    @Override
    public boolean needsSnapshot() {
        return read.needsSnapshot();
    }

    @Override
    public ScanResponse execute(ReadContext context) {
        ReadTarget target = read.target(context);
        Item startKey = request.exclusiveStartKey();
        if (startKey != null) {
            checkStartKey(target, startKey);
        }
        boolean fetchWhole = read.fetchesWhole(target);
        KeyRange range = range(target);
        if (startKey != null) {
            byte[] key = target.stateKey(startKey);
            if (!range.contains(key)) {
                throw DynamoException.validation(
                        ErrorMessages.startKeyOutsideSegment(request.totalSegments(), request.segment()));
            }
            range = range.startingAfter(key);
        }
        read.verifyProjection(target);
        read.verifyFilter(target);
        return read.page(context, target, range, fetchWhole, ScanResponse::new);
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
