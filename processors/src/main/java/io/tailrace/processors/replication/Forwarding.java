package io.tailrace.processors.replication;

import io.tailrace.schemas.codec.ChangeRecordCodec;
import io.tailrace.schemas.model.Binary;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.Change.ItemChange;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.Command;
import java.util.Optional;

/**
 * What another region is asked for when it hears of a change: a pure function of the change.
 *
 * <p>A write is forwarded by the region that accepted it and by no other, so that no write goes round in circles. An item that is
 * told again, for a replica that was added, is forwarded whoever accepted it: the replica does not have it from there.
 */
public final class Forwarding {
    /** The origin of replicated commands, in headers and logs. */
    public static final String ORIGIN = "replication";

    private Forwarding() {}

    /**
     * The command for a change of an item; empty when no other region is to hear of it. The caller's identity stays behind:
     * what time to live deletes is, elsewhere, a deletion that was replicated (Developer Guide, "Global tables and time to
     * live").
     *
     * @param id of the command, for logs
     */
    public static Optional<Command> ofItem(ChangeRecord record, String id) {
        ItemChange change = (ItemChange) record.change();
        if (record.version() == null || !isOwn(record, change)) {
            return Optional.empty();
        }
        Command.Action action =
                change.newImage() == null ? new Command.Delete(change.keys()) : new Command.Put(change.newImage());
        return Optional.of(Command.replicate(id, ORIGIN, change.tableName(), action, record.version()));
    }

    /**
     * The command for a change of the catalog, which every partition of the target is to hear of in order with the items;
     * empty when the table is, and was, in no other region.
     *
     * @param partition from which the change was read
     * @param partitions of the source's mutations topic
     */
    public static Optional<Command> ofTable(ChangeRecord record, String id, int partition, int partitions) {
        CatalogChange change = (CatalogChange) record.change();
        if (change.table().details().globalTable() == null) {
            return Optional.empty();
        }
        Binary told = Binary.wrap(ChangeRecordCodec.encode(record));
        return Optional.of(
                Command.tell(id, ORIGIN, change.table().name(), new Command.TellTable(told, partition, partitions)));
    }

    private static boolean isOwn(ChangeRecord record, ItemChange change) {
        return record.origin() == null || (record.origin().equals(record.region()) && change.isBackfill());
    }
}
