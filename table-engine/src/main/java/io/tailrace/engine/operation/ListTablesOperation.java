package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.limits.Limits;
import io.tailrace.engine.read.ReadContext;
import io.tailrace.engine.read.ReadOperation;
import io.tailrace.schemas.bytes.Utf8;
import io.tailrace.schemas.model.TableDefinition;
import java.util.List;

/** ListTables: names in their order, up to a hundred in a page. (API Reference, ListTables.) */
public final class ListTablesOperation implements ReadOperation<ListTablesResponse> {
    private final String start;
    private final int limit;

    /** @throws DynamoException when the request is wrong */
    public ListTablesOperation(ListTablesRequest request) {
        new Constraints()
                .name("exclusiveStartTableName", request.exclusiveStartTableName())
                .atLeast("limit", request.limit(), 1)
                .atMost("limit", request.limit(), Limits.MAX_LIST_TABLES)
                .verify();
        start = request.exclusiveStartTableName();
        limit = request.limit() == null ? Limits.MAX_LIST_TABLES : request.limit();
    }

    @Override
    public ListTablesResponse execute(ReadContext context) {
        List<String> names = context.tables().stream()
                .map(TableDefinition::name)
                .filter(name -> start == null || Utf8.compare(name, start) > 0)
                .sorted(Utf8::compare)
                .limit(limit + 1L)
                .toList();
        if (names.size() <= limit) {
            return new ListTablesResponse(names, null);
        }
        return new ListTablesResponse(names.subList(0, limit), names.get(limit - 1));
    }
}
