package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.read.ReadContext;
import io.tailrace.engine.read.ReadOperation;
import java.util.ArrayList;
import java.util.List;

/**
 * ListTagsOfResource. There are never more tags than fit into one answer; a token, which no answer gave, is the beginning, as
 * it is for the service. (API Reference, ListTagsOfResource.)
 */
public final class ListTagsOfResourceOperation implements ReadOperation<ListTagsOfResourceResponse> {
    private final TaggedResource resource;

    /** @throws DynamoException when the request is wrong whatever tables there are */
    public ListTagsOfResourceOperation(ListTagsOfResourceRequest request) {
        TaggedResource.require(request.resourceArn());
        resource = TaggedResource.of(request.resourceArn());
    }

    @Override
    public ListTagsOfResourceResponse execute(ReadContext context) {
        List<Tag> tags = new ArrayList<>();
        resource.resolve(context.region(), context::table)
                .tags()
                .forEach((key, value) -> tags.add(new Tag(key, value)));
        return new ListTagsOfResourceResponse(tags);
    }
}
