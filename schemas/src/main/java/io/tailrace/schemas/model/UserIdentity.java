package io.tailrace.schemas.model;

/** Who caused a change when it was not the caller of the API, as in a stream record's {@code userIdentity}. */
public record UserIdentity(String type, String principalId) {
    /** The identity under which time to live deletes. (Developer Guide, "DynamoDB Streams and Time to Live".) */
    public static final UserIdentity TIME_TO_LIVE = new UserIdentity("Service", "dynamodb.amazonaws.com");
}
