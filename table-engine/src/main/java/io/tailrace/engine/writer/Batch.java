package io.tailrace.engine.writer;

import io.tailrace.engine.catalog.Catalog;
import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.journal.CommandPosition;
import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.journal.JournalMutation;
import io.tailrace.engine.journal.RequestToken;
import io.tailrace.engine.limits.Limits;
import io.tailrace.engine.read.StoredItem;
import io.tailrace.engine.read.TableStatistics;
import io.tailrace.engine.state.StateView;
import io.tailrace.engine.state.TableState;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemSize;
import io.tailrace.schemas.model.ItemVersion;
import io.tailrace.schemas.model.TableDefinition;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writes that are made durable together. Each is planned against the state as the earlier ones leave it; all of their
 * outcomes, refusals included, wait for the batch, because they may depend on what is not durable yet.
 */
final class Batch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Batch.class);

    private final TableState state;
    private final StateView view;
    private final CommitLog commitLog;
    private final Writer.Config config;
    private final Clock clock;
    private final Supplier<UUID> uuids;

    private final List<PendingWrite<?>> writes = new ArrayList<>();
    private final List<JournalEntry> entries = new ArrayList<>();
    /** What the batch makes of items, by state key; empty where it deletes one. */
    private final Map<ByteBuffer, Optional<StoredItem>> items = new HashMap<>();
    /** What the batch makes of the sizes of item collections, by partition prefix. */
    private final Map<ByteBuffer, Long> collections = new HashMap<>();
    /** What the batch makes of the offsets of commands, by partition. */
    private final Map<Integer, Long> commandOffsets = new HashMap<>();
    /** The tokens of the batch. */
    private final Map<String, RequestToken> requestTokens = new HashMap<>();

    private final BatchVersions versions;

    /** The labels of the streams that the batch begins or goes on with, by the names of their tables. */
    private final Map<String, Set<String>> streamLabels = new HashMap<>();

    private Catalog catalog;
    private Instant lastCommitTime;
    private long bytes;

    Batch(TableState state, CommitLog commitLog, Writer.Config config, Clock clock, Supplier<UUID> uuids) {
        this.state = state;
        this.view = state.view(false);
        this.versions = new BatchVersions(view);
        this.commitLog = commitLog;
        this.config = config;
        this.clock = clock;
        this.uuids = uuids;
        this.catalog = state.catalog();
        this.lastCommitTime = state.lastCommitTime();
    }

    /** Plans the write; it is part of the batch whatever comes of it. */
    <R> void plan(PendingWrite<R> write) {
        writes.add(write);
        CommandPosition position = write.position();
        if (position != null) {
            long applied = commandOffsets.getOrDefault(
                    position.topicPartition(), state.commandOffset(position.topicPartition()));
            if (position.offset() <= applied) {
                write.refuse(WriterErrors.repeatedCommand(position, applied));
                return;
            }
        }
        Instant now = now();
        removeGoneTables(now);
        Context context = new Context(now);
        try {
            Plan<R> plan = write.plan(context);
            add(plan, position, context.now);
        } catch (DynamoException refusal) {
            write.refuse(refusal);
        } catch (RuntimeException mistake) {
            log.error("{} failed while it was planned", write, mistake);
            write.refuse(WriterErrors.internal(mistake));
        }
        if (write.isRefused() && position != null) {
            append(new JournalEntry(nextSequence(), context.now, List.of(), position));
        }
    }

    /** Tables whose time is over go before anything else is planned. */
    private void removeGoneTables(Instant now) {
        for (TableDefinition table : catalog.gone(now)) {
            add(new Plan<>(List.of(new CatalogMutation(CatalogChange.Action.DELETE_TABLE, table)), table), null, now);
        }
    }

    List<PendingWrite<?>> writes() {
        return Collections.unmodifiableList(writes);
    }

    List<JournalEntry> entries() {
        return Collections.unmodifiableList(entries);
    }

    /** How long the entries are in the journal. */
    long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        view.close();
    }

    private void add(Plan<?> plan, CommandPosition position, Instant commitTime) {
        MutationEncoder encoder = new MutationEncoder(plan, config.region(), nextSequence(), commitTime, versions);
        List<JournalMutation> mutations = encoder.encode();
        RequestToken token = plan.requestToken();
        if (mutations.isEmpty() && position == null && token == null) {
            return;
        }
        if (token != null && state.requestTokenCount() + requestTokens.size() >= Limits.MAX_REQUEST_TOKENS) {
            throw WriterErrors.tooManyTokens(Limits.MAX_REQUEST_TOKENS);
        }
        JournalEntry entry = new JournalEntry(nextSequence(), commitTime, mutations, position, token);
        long length = commitLog.encodedLength(entry);
        if (length > commitLog.maxEntryBytes()) {
            throw WriterErrors.tooLarge(length, commitLog.maxEntryBytes());
        }
        append(entry);
        items.putAll(encoder.items());
        versions.add(encoder.versions());
        plan.mutations().forEach(this::addToCollection);
        for (CatalogChange change : encoder.catalogChanges()) {
            TableDefinition table = change.table();
            versions.apply(change, catalog.table(table.id()).orElse(null));
            catalog = catalog.apply(change);
            if (table.stream() != null) {
                streamLabels
                        .computeIfAbsent(table.name(), name -> new HashSet<>())
                        .add(table.stream().label());
            }
        }
    }

    private void addToCollection(Mutation mutation) {
        if (mutation instanceof ItemMutation item
                && !item.table().localSecondaryIndexes().isEmpty()) {
            byte[] prefix = partitionPrefix(item.table(), item.key());
            Item oldItem = item.oldItem() == null ? null : item.oldItem().item();
            long growth =
                    ItemSize.inCollection(item.table(), item.newItem()) - ItemSize.inCollection(item.table(), oldItem);
            collections.put(ByteBuffer.wrap(prefix), collectionBytes(prefix) + growth);
        }
    }

    private long collectionBytes(byte[] partitionPrefix) {
        Long changed = collections.get(ByteBuffer.wrap(partitionPrefix));
        return changed == null ? view.itemCollectionBytes(partitionPrefix) : changed;
    }

    private static byte[] partitionPrefix(TableDefinition table, Item key) {
        return StateKeys.partitionPrefix(table.id(), table.key(), key);
    }

    private void append(JournalEntry entry) {
        entries.add(entry);
        bytes += commitLog.encodedLength(entry);
        lastCommitTime = entry.commitTime();
        CommandPosition position = entry.commandPosition();
        if (position != null) {
            commandOffsets.put(position.topicPartition(), position.offset());
        }
        if (entry.requestToken() != null) {
            requestTokens.put(entry.requestToken().token(), entry.requestToken());
        }
    }

    private long nextSequence() {
        return commitLog.lastSequence() + entries.size() + 1;
    }

    private Instant now() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return now.isBefore(lastCommitTime) ? lastCommitTime : now;
    }

    private final class Context implements PlanContext {
        private final Instant now;
        private int nextId = catalog.nextId();

        Context(Instant now) {
            this.now = now;
        }

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public String region() {
            return config.region();
        }

        @Override
        public PlanSettings settings() {
            return config.plans();
        }

        @Override
        public Optional<TableDefinition> table(String name) {
            return catalog.table(name);
        }

        @Override
        public List<TableDefinition> goneReplicas(String tableName) {
            return catalog.goneReplicas(tableName);
        }

        @Override
        public Collection<TableDefinition> tables() {
            return catalog.tables();
        }

        @Override
        public Set<String> streamLabels(String tableName) {
            Set<String> labels = state.streams().labelsOf(tableName);
            labels.addAll(streamLabels.getOrDefault(tableName, Set.of()));
            return labels;
        }

        @Override
        public StoredItem item(TableDefinition table, Item key) {
            byte[] stateKey = StateKeys.tableKey(table, key);
            Optional<StoredItem> changed = items.get(ByteBuffer.wrap(stateKey));
            return changed == null ? view.item(stateKey) : changed.orElse(null);
        }

        @Override
        public ItemVersion version(TableDefinition table, Item key, StoredItem stored) {
            return versions.current(table, StateKeys.tableKey(table, key), stored, now);
        }

        @Override
        public long itemCollectionBytes(TableDefinition table, Item key) {
            return collectionBytes(partitionPrefix(table, key));
        }

        @Override
        public TableStatistics statistics(int tableId) {
            return state.statistics(tableId);
        }

        @Override
        public Optional<RequestToken> requestToken(String token) {
            RequestToken ofBatch = requestTokens.get(token);
            return ofBatch == null ? view.requestToken(token, now) : Optional.of(ofBatch);
        }

        @Override
        public int newId() {
            return nextId++;
        }

        @Override
        public UUID newUuid() {
            return uuids.get();
        }
    }
}
