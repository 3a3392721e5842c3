package io.tailrace.processors.instances;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where an instance answers questions of the others. */
public record InstanceAddress(String host, int port) {
    /** Kafka Streams names its consumers after the client id: {@code <client id>-StreamThread-1-consumer}. */
    private static final Pattern IN_CLIENT_ID = Pattern.compile("@(.+):([0-9]{1,5})-StreamThread-.*");

    public InstanceAddress {
        Objects.requireNonNull(host);
    }

    /** The client id of an application's instance with this address. */
    public String clientId(String applicationId) {
        return applicationId + "@" + this;
    }

    /** The address in the client id of a member of a consumer group; empty when that member has none. */
    static Optional<InstanceAddress> ofMember(String clientId) {
        Matcher found = IN_CLIENT_ID.matcher(clientId);
        return found.find()
                ? Optional.of(new InstanceAddress(bare(found.group(1)), Integer.parseInt(found.group(2))))
                : Optional.empty();
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** As in a URL. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
