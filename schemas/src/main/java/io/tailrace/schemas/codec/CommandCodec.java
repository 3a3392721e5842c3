package io.tailrace.schemas.codec;

import io.tailrace.schemas.model.Command;
import java.nio.ByteBuffer;

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
        if (command.action() instanceof Command.Put put) {
            out.writeIndex(PUT);
            ItemCodec.write(put.item(), out);
        } else if (command.action() instanceof Command.Delete delete) {
            out.writeIndex(DELETE);
            ItemCodec.write(delete.key(), out);
        }
        out.writeNullableString(command.conditionExpression());
        TableDefinitionCodec.writeStringMap(command.expressionAttributeNames(), out);
        AttributeValueCodec.writeMap(command.expressionAttributeValues(), out);
        UserIdentityCodec.writeNullable(command.userIdentity(), out);
        out.writeNullableString(command.timeToLiveAttribute());
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
            Command command = new Command(
                    in.readString(),
                    in.readString(),
                    in.readString(),
                    in.readInt(),
                    in.readIndex(ACTION_BRANCHES) == PUT
                            ? new Command.Put(ItemCodec.read(in))
                            : new Command.Delete(ItemCodec.read(in)),
                    in.readNullableString(),
                    TableDefinitionCodec.readStringMap(in),
                    AttributeValueCodec.readMap(in),
                    UserIdentityCodec.readNullable(in),
                    in.readNullableString());
            in.expectEnd();
            return command;
        } catch (IllegalArgumentException invalid) {
            throw new MalformedAvroException("no valid command: " + invalid.getMessage(), invalid);
        }
    }
}
