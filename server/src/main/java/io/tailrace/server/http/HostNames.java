package io.tailrace.server.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names under which a server on a loopback address is called. A page in a browser is kept from this server by the
 * browser, which sends it no answers of other origins; but whoever owns a domain can let its name point to 127.0.0.1 after
 * the page was loaded (DNS rebinding), and then server and page are one origin. The Host header still tells the name. Names
 * that nobody can own in the public DNS are allowed, all others only when they are configured.
 */
final class HostNames {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    /** Reserved: RFC 6761, and by ICANN for private use. {@code host.docker.internal} is among them. */
    private static final List<String> RESERVED = List.of(".localhost", ".internal", ".test");

    private final Set<String> configured;
    private final boolean all;

    /** @param configured further names in lower case, or {@code *} for all */
    HostNames(Set<String> configured) {
        this.configured = Set.copyOf(configured);
        this.all = configured.contains("*");
    }

    /** @param host the header's value, with or without a port; null when the request has none, as no browser does */
    boolean allow(String host) {
        if (all || host == null) {
            return true;
        }
        String name = name(host.strip().toLowerCase(Locale.ROOT));
        return name.startsWith("[")
                || name.indexOf('.') < 0
                || IPV4.matcher(name).matches()
                || RESERVED.stream().anyMatch(name::endsWith)
                || configured.contains(name);
    }

    private static String name(String host) {
        if (host.startsWith("[")) {
            return host;
        }
        int colon = host.indexOf(':');
        String name = colon < 0 ? host : host.substring(0, colon);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
