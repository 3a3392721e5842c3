package io.tailrace.server.cli;

import picocli.CommandLine.IVersionProvider;

/** Which release this is. */
public final class Version implements IVersionProvider {
    /** From the jar's manifest; a build that is no jar has none. */
    public static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "(development)" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "Tailrace " + text(),
            "Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vm.name") + ")",
        };
    }
}
