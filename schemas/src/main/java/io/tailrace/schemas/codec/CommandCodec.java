package io.tailrace.schemas.codec;

import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Command;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemVersion;
import io.tailrace.schemas.model.UserIdentity;
import java.nio.ByteBuffer;
import java.util.Map;

/** {@code Command.avsc}, without framing. */
public final class CommandCodec {
    private static final int PUT = 0;
    private static final int DELETE = 1;
    private static final int ACTION_BRANCHES = 2;

    private CommandCodec() {}

    public static byte[] encode(Command command) {
        AvroWriter out = new AvroWriter(512);
        out.writeString(command.id());
        out.writeString(command.origin());
        out.writeString(command.tableName());
        out.writeLong(command.tableId());
        Command.TellTable told = null;
        if (command.action() instanceof Command.Put put) {
            out.writeIndex(PUT);
            ItemCodec.write(put.item(), out);
        } else if (command.action() instanceof Command.Delete delete) {
            out.writeIndex(DELETE);
            ItemCodec.write(delete.key(), out);
        } else if (command.action() instanceof Command.TellTable tell) {
            // Not a third branch of the union: an engine of an earlier version could not read the command at all, and
            // would not go on behind it. A delete without a key is refused by all of them.
            out.writeIndex(DELETE);
            ItemCodec.write(Item.EMPTY, out);
            told = tell;
        }
        out.writeNullableString(command.conditionExpression());
        TableDefinitionCodec.writeStringMap(command.expressionAttributeNames(), out);
        AttributeValueCodec.writeMap(command.expressionAttributeValues(), out);
        UserIdentityCodec.writeNullable(command.userIdentity(), out);
        out.writeNullableString(command.timeToLiveAttribute());
        ItemVersionCodec.writeNullable(command.version(), out);
        if (out.writePresence(told)) {
            out.writeBytes(told.change());
            out.writeLong(told.partition());
            out.writeLong(told.partitions());
        }
        return out.toByteArray();
    }

    /** @throws MalformedAvroException when these bytes are no command */
    public static Command decode(byte[] encoded) {
        return decode(ByteBuffer.wrap(encoded));
    }

    /**
     * Reads what remains in {@code encoded}, whose position does not change.
     *
     * @throws MalformedAvroException when these bytes are no command
     */
    public static Command decode(ByteBuffer encoded) {
        AvroReader in = new AvroReader(encoded);
        try {
            String id = in.readString();
            String origin = in.readString();
            String tableName = in.readString();
            int tableId = in.readInt();
            Command.Action action = in.readIndex(ACTION_BRANCHES) == PUT
                    ? new Command.Put(ItemCodec.read(in))
                    : new Command.Delete(ItemCodec.read(in));
            String condition = in.readNullableString();
            Map<String, String> names = TableDefinitionCodec.readStringMap(in);
            Map<String, AttributeValue> values = AttributeValueCodec.readMap(in);
            UserIdentity identity = UserIdentityCodec.readNullable(in);
            String timeToLiveAttribute = in.readNullableString();
            ItemVersion version = ItemVersionCodec.readNullable(in);
            if (in.readPresence()) {
                action = new Command.TellTable(in.readBytes(), in.readInt(), in.readInt());
            }
            Command command = new Command(
                    id,
                    origin,
                    tableName,
                    tableId,
                    action,
                    condition,
                    names,
                    values,
                    identity,
                    timeToLiveAttribute,
                    version);
            in.expectEnd();
            return command;
        } catch (IllegalArgumentException invalid) {
            throw new MalformedAvroException("no valid command: " + invalid.getMessage(), invalid);
        }
    }
}
