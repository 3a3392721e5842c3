package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.expression.BoundCondition;
import io.tailrace.engine.expression.ExpressionKind;
import io.tailrace.engine.limits.Limits;
import io.tailrace.engine.read.ReadContext;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;
import java.util.List;

/** What Query and Scan do alike: filter, project and answer with a page of a table or an index. */
final class PagedRead {
    /** Makes the answer of one operation of its parts. */
    interface AnswerForm<R> {
        R answer(
                List<Item> items,
                int count,
                int scannedCount,
                Item lastEvaluatedKey,
                ConsumedCapacity consumedCapacity);
    }

    private final PagedReadRequest request;
    private final TableReference table;
    /** Null for none. */
    private final BoundCondition filter;

    private final ReadProjection projection;

    /**
     * Binds the request's filter and projection. They are its last expressions: afterwards all placeholders must have been
     * used.
     *
     * @param olderFilter of QueryFilter or ScanFilter, null for none
     * @throws DynamoException when an expression is wrong
     */
    PagedRead(PagedReadRequest request, BoundCondition olderFilter, BoundExpressions expressions) {
        this.request = request;
        table = TableReference.of(request.tableName());
        filter = request.filterExpression() == null
                ? olderFilter
                : expressions.condition(ExpressionKind.FILTER, request.filterExpression());
        projection =
                new ReadProjection(request.attributesToGet(), expressions.projection(request.projectionExpression()));
        expressions.verifyAllUsed();
    }

    /** Those of the model's constraints on the members of both operations that come after the one on Limit. */
    static Constraints constraints(Constraints constraints, PagedReadRequest request) {
        return constraints
                .oneOf("returnConsumedCapacity", request.returnConsumedCapacity(), Choices.RETURN_CONSUMED_CAPACITY)
                .lengthAtLeast("attributesToGet", request.attributesToGet(), 1)
                .lengthAtMost("attributesToGet", request.attributesToGet(), Limits.MAX_ATTRIBUTES_TO_GET);
    }

    /**
     * The parameters that exclude one another.
     *
     * @param olderFilterName QueryFilter or ScanFilter
     */
    static ExpressionParameters parameters(PagedReadRequest request, String olderFilterName, Object olderFilter) {
        return new ExpressionParameters()
                .older("AttributesToGet", request.attributesToGet())
                .older(olderFilterName, olderFilter)
                .older("ConditionalOperator", request.conditionalOperator())
                .expression("ProjectionExpression", request.projectionExpression())
                .expression("FilterExpression", request.filterExpression());
    }

    /** The entries of a local index and the items that belong to them must be of one state. */
    boolean needsSnapshot() {
        return request.indexName() != null;
    }

    ReadTarget target(ReadContext context) {
        TableDefinition definition = table.resolve(context);
        ReadTarget target = ReadTarget.of(definition, request.indexName());
        ReadChecks.checkConsistency(target, request.consistentRead());
        return target;
    }

    /** Whether the filter looks at the attribute, or at something in it. */
    boolean filters(String attribute) {
        return filter != null
                && filter.paths().stream().anyMatch(path -> path.topLevelName().equals(attribute));
    }

    void verifyProjection(ReadTarget target) {
        ExpressionPaths.verify(target.table(), projection.paths());
    }

    void verifyFilter(ReadTarget target) {
        if (filter != null) {
            ExpressionPaths.verify(target.table(), filter.paths());
            ReadChecks.checkFilterProjected(target, filter.paths());
        }
    }

    /** Whether whole items are to be fetched; refuses a projection that the index cannot give. */
    boolean fetchesWhole(ReadTarget target) {
        return ReadChecks.fetchesWhole(target, request.select(), projection);
    }

    /** @param fetchWhole what {@link #fetchesWhole} said */
    <R> R page(ReadContext context, ReadTarget target, KeyRange range, boolean fetchWhole, AnswerForm<R> form) {
        CapacityAccount account = new CapacityAccount(table.requested());
        PageReader.Page page = new PageReader(context, target, shape(fetchWhole), account).read(range);
        return form.answer(
                page.items(),
                page.count(),
                page.scannedCount(),
                page.lastEvaluatedKey(),
                account.report(
                        CapacityAccount.Detail.of(request.returnConsumedCapacity()), CapacityAccount.Kind.PLAIN));
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
}
