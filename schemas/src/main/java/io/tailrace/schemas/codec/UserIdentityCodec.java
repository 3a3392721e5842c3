package io.tailrace.schemas.codec;

import io.tailrace.schemas.model.UserIdentity;

/** {@code UserIdentity.avsc} where null is allowed. */
final class UserIdentityCodec {
    private UserIdentityCodec() {}

    static void writeNullable(UserIdentity identity, AvroWriter out) {
        if (out.writePresence(identity)) {
            out.writeString(identity.type());
            out.writeString(identity.principalId());
        }
    }

    static UserIdentity readNullable(AvroReader in) {
        return in.readPresence() ? new UserIdentity(in.readString(), in.readString()) : null;
    }
}
