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

/** TagResource: adds tags to a table, or changes them. (API Reference, TagResource.) */
public final class TagResourceOperation implements WriteOperation<TagResourceResponse> {
    private final TaggedResource resource;
    private final List<Tag> tags;

    /** @throws DynamoException when the request is wrong whatever tables there are */
    public TagResourceOperation(TagResourceRequest request) {
        TaggedResource.require(request.resourceArn());
        new Constraints().required("tags", request.tags()).verify();
        resource = TaggedResource.of(request.resourceArn());
        tags = request.tags();
        if (tags.isEmpty()) {
            throw DynamoException.validation(TableErrorMessages.tagsMissing());
        }
        TableSettings.checkTags(tags);
    }

    @Override
    public Plan<TagResourceResponse> plan(PlanContext context) {
        TableDefinition definition = resource.resolve(context.region(), context::table);
        TableStates.requireSettled(definition, context.now());
        Map<String, String> all = new LinkedHashMap<>(definition.tags());
        tags.forEach(tag -> all.put(tag.key(), tag.value()));
        TableSettings.checkTagCount(all.size());
        TableDefinition updated = new TableUpdates(definition).tags(all).build();
        return new Plan<>(
                List.of(new CatalogMutation(CatalogChange.Action.UPDATE_TABLE, updated)), new TagResourceResponse());
    }
}
