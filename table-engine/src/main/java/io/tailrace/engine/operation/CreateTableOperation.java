package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.error.TableErrorMessages;
import io.tailrace.engine.limits.Limits;
import io.tailrace.engine.writer.CatalogMutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.BillingMode;
import io.tailrace.schemas.model.CapacityDetails;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.model.TableDetails;
import io.tailrace.schemas.model.TableStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** CreateTable. (API Reference, CreateTable.) */
public final class CreateTableOperation implements WriteOperation<CreateTableResponse> {
    private final CreateTableRequest request;
    private final TableReference table;

    /** @throws DynamoException when the request is wrong whatever tables there are */
    public CreateTableOperation(CreateTableRequest request) {
        this.request = request;
        this.table = TableReference.required(request.tableName());
        CreateTableConstraints.verify(request, table);
        CreateTableValidator.verify(request);
    }

    @Override
    public Plan<CreateTableResponse> plan(PlanContext context) {
        context.table(table.name()).ifPresent(existing -> TableStates.refuseExisting(existing, context.now()));
        if (context.tables().size() >= Limits.MAX_TABLES) {
            throw new DynamoException(ErrorType.LIMIT_EXCEEDED, TableErrorMessages.tooManyTables());
        }
        TableDefinition definition = definition(context);
        return new Plan<>(
                List.of(new CatalogMutation(CatalogChange.Action.CREATE_TABLE, definition)),
                new CreateTableResponse(
                        TableDescriptions.describe(definition, TableDescriptions.Status.CREATING, context)));
    }

    private TableDefinition definition(PlanContext context) {
        Map<String, AttributeType> types = IndexDefinitions.types(request.attributeDefinitions());
        boolean onDemand = CreateTableValidator.isOnDemand(request);
        TableDefinition definition = new TableDefinition(
                context.newId(),
                context.newUuid().toString(),
                table.name(),
                IndexDefinitions.key(request.keySchema(), types),
                types,
                localIndexes(types, context),
                globalIndexes(types, context),
                onDemand ? BillingMode.PAY_PER_REQUEST : BillingMode.PROVISIONED,
                TableSettings.throughput(request.provisionedThroughput()),
                StreamSwitch.definition(request.streamSpecification(), table.name(), context),
                null,
                Boolean.TRUE.equals(request.deletionProtectionEnabled()),
                tags(),
                context.now());
        return definition.withDetails(details(definition, context));
    }

    private TableDetails details(TableDefinition definition, PlanContext context) {
        Map<Integer, CapacityDetails> indexes = new HashMap<>();
        if (request.globalSecondaryIndexes() != null) {
            for (GlobalSecondaryIndex index : request.globalSecondaryIndexes()) {
                IndexDefinition made =
                        definition.globalSecondaryIndex(index.indexName()).orElseThrow();
                indexes.put(
                        made.id(),
                        Capacities.of(
                                index.onDemandThroughput(),
                                index.warmThroughput(),
                                made.provisionedThroughput(),
                                context));
            }
        }
        return TableDetails.NONE
                .withTransition(TableStates.begin(TableStatus.CREATING, context))
                .withTableClass(TableClasses.of(request.tableClass()), List.of())
                .withCapacity(Capacities.of(
                        request.onDemandThroughput(),
                        request.warmThroughput(),
                        definition.provisionedThroughput(),
                        context))
                .withIndexCapacity(indexes)
                .withStreamShards(StreamSwitch.shards(definition, context));
    }

    private List<IndexDefinition> localIndexes(Map<String, AttributeType> types, PlanContext context) {
        List<IndexDefinition> definitions = new ArrayList<>();
        if (request.localSecondaryIndexes() != null) {
            for (LocalSecondaryIndex index : request.localSecondaryIndexes()) {
                definitions.add(new IndexDefinition(
                        context.newId(),
                        index.indexName(),
                        IndexDefinitions.key(index.keySchema(), types),
                        IndexDefinitions.projection(index.projection()),
                        null));
            }
        }
        return definitions;
    }

    private List<IndexDefinition> globalIndexes(Map<String, AttributeType> types, PlanContext context) {
        List<IndexDefinition> definitions = new ArrayList<>();
        if (request.globalSecondaryIndexes() != null) {
            for (GlobalSecondaryIndex index : request.globalSecondaryIndexes()) {
                definitions.add(new IndexDefinition(
                        context.newId(),
                        index.indexName(),
                        IndexDefinitions.key(index.keySchema(), types),
                        IndexDefinitions.projection(index.projection()),
                        TableSettings.throughput(index.provisionedThroughput())));
            }
        }
        return definitions;
    }

    private Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        if (request.tags() != null) {
            request.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
        }
        return tags;
    }
}
