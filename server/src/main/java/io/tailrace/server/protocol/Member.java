package io.tailrace.server.protocol;

/** A member of a structure of the API: its name and its type. */
record Member<T>(String name, JsonType<T> type) {}
