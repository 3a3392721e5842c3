package io.tailrace.server.http;

/** Why the server itself, and not its handler, turns a request away. */
public enum Refusal {
    MALFORMED(400, "The request is not well-formed HTTP", true),
    HOST_NOT_OURS(
            403, "The request is meant for a host name that this server does not go by (setting http.hosts)", true),
    TIMED_OUT(408, "The request did not come in completely in time", true),
    BODY_TOO_LARGE(413, "The request body is too large", true),
    TARGET_TOO_LONG(414, "The request target is too long", true),
    ENCODING_NOT_SUPPORTED(415, "The content encoding is not supported: only gzip and identity are", true),
    EXPECTATION_NOT_SUPPORTED(417, "The expectation is not supported: only 100-continue is", true),
    HEADERS_TOO_LARGE(431, "The request's headers are too large", true),
    /** More work than threads, or more bytes than memory: the same request may succeed a little later. */
    OVERLOADED(503, "The server is busy; try again a little later", false),
    STOPPING(503, "The server is stopping", true);

    private final int status;
    private final String text;
    private final boolean closesConnection;

    Refusal(int status, String text, boolean closesConnection) {
        this.status = status;
        this.text = text;
        this.closesConnection = closesConnection;
    }

    public int status() {
        return status;
    }

    /** In words, without a full stop. */
    public String text() {
        return text;
    }

    /** Whether the connection cannot go on: what follows in it cannot be told apart from the refused request. */
    boolean closesConnection() {
        return closesConnection;
    }
}
