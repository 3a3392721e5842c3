package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.TableErrorMessages;
import io.tailrace.engine.writer.CatalogMutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.TableDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** UntagResource: removes tags from a table; those that it does not have do not matter. (API Reference, UntagResource.) */
public final class UntagResourceOperation implements WriteOperation<UntagResourceResponse> {
    private final TaggedResource resource;
    private final List<String> tagKeys;

    /** @throws DynamoException when the request is wrong whatever tables there are */
    public UntagResourceOperation(UntagResourceRequest request) {
        TaggedResource.require(request.resourceArn());
        new Constraints().required("tagKeys", request.tagKeys()).verify();
        resource = TaggedResource.of(request.resourceArn());
        tagKeys = request.tagKeys();
        if (tagKeys.isEmpty()) {
            throw DynamoException.validation(TableErrorMessages.tagKeysMissing());
        }
        tagKeys.forEach(TableSettings::checkTagKey);
        TableSettings.checkTagCount(tagKeys.size());
    }

    @Override
    public Plan<UntagResourceResponse> plan(PlanContext context) {
        TableDefinition definition = resource.resolve(context.region(), context::table);
        TableStates.requireSettled(definition, context.now());
        Map<String, String> left = new LinkedHashMap<>(definition.tags());
        left.keySet().removeAll(tagKeys);
        TableDefinition updated = new TableUpdates(definition).tags(left).build();
        return new Plan<>(
                List.of(new CatalogMutation(CatalogChange.Action.UPDATE_TABLE, updated)), new UntagResourceResponse());
    }
}
