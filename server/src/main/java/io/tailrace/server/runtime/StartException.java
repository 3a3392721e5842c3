package io.tailrace.server.runtime;

import io.tailrace.server.settings.Setting;
import java.io.IOException;
import java.net.InetSocketAddress;

/** The server cannot start; the message says why to someone who runs it, and what can be done. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartException(String message, Throwable cause) {
        super(message, cause);
    }

    static StartException cannotListen(InetSocketAddress address, Setting<Integer> port, IOException refused) {
        return new StartException(
                "cannot listen on " + address.getAddress().getHostAddress() + ":" + address.getPort() + " (setting "
                        + port.name() + "): " + refused.getMessage() + ". Choose another port with " + port.flag(),
                refused);
    }
}
