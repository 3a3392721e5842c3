package io.tailrace.benchmarks.process;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;

/** Loads a native agent into another Java process. Arguments: the process's id, the library, the agent's options. */
public final class AttachMain {
    private AttachMain() {}

    public static void main(String[] arguments) throws IOException, AttachNotSupportedException {
        VirtualMachine other = VirtualMachine.attach(arguments[0]);
        try {
            other.loadAgentPath(arguments[1], arguments[2]);
        } catch (AgentLoadException | AgentInitializationException refused) {
            throw new IOException(refused);
        } finally {
            other.detach();
        }
    }
}
