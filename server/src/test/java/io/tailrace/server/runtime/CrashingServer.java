package io.tailrace.server.runtime;

import io.tailrace.engine.step.Step;
import io.tailrace.engine.step.StepListener;
import io.tailrace.server.cli.Logging;
import io.tailrace.server.settings.ServerConfig;
import io.tailrace.server.settings.Setting;
import io.tailrace.server.settings.SettingsLoader;
import io.tailrace.server.settings.TailraceSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A whole server in a process of its own, which ends itself, as kill -9 would, when it reaches a step for the n-th time. For
 * tests: the runnable jar does not have this class, and no setting does the same.
 *
 * <p>Arguments are settings, {@code name=value}. Standard input takes commands, a line each: {@code halt STEP N} (with an
 * argument of the same words, it counts from the start), {@code stop}, {@code kafka} (prints where Kafka is). At the end of
 * the input the process ends too, so that none is left behind.
 */
public final class CrashingServer {
    public static final String READY = "ready ";
    public static final String KAFKA = "kafka ";
    private static final String HALT = "halt ";
    private static final long PAUSE_NANOS = 50_000_000;

    private CrashingServer() {}

    public static void main(String[] arguments) throws IOException {
        Logging.server(false);
        Trap trap = new Trap();
        Map<Setting<?>, String> settings = new LinkedHashMap<>();
        for (String argument : arguments) {
            if (argument.startsWith(HALT)) {
                trap.arm(argument);
                continue;
            }
            String[] nameAndValue = argument.split("=", 2);
            settings.put(setting(nameAndValue[0]), nameAndValue[1]);
        }
        ServerConfig config = ServerConfig.from(SettingsLoader.load(settings, null, Map.of()));
        TailraceServer server = TailraceServer.start(config, trap);
        System.out.println(READY + server.port() + " " + server.adminPort());
        try (BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            obey(commands, server, trap);
        }
    }

    private static void obey(BufferedReader commands, TailraceServer server, Trap trap) throws IOException {
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            if (line.startsWith(HALT)) {
                trap.arm(line);
            } else if (line.equals("stop")) {
                server.close();
                Runtime.getRuntime().halt(0);
            } else if (line.equals("kafka")) {
                System.out.println(KAFKA + kafka(server));
            }
        }
        Runtime.getRuntime().halt(1);
    }

    private static String kafka(TailraceServer server) {
        Optional<String> servers = server.bootstrapServers();
        while (servers.isEmpty()) {
            LockSupport.parkNanos(PAUSE_NANOS);
            servers = server.bootstrapServers();
        }
        return servers.get();
    }

    private static Setting<?> setting(String name) {
        List<Setting<?>> all = TailraceSettings.all();
        return all.stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no setting " + name));
    }

    /** Kills the process at the step that it is armed for. */
    private static final class Trap implements StepListener {
        /** So often the step is passed yet. */
        private record Armed(String step, int left) {}

        private final AtomicReference<Armed> armed = new AtomicReference<>();

        /** @param command {@code halt STEP N} */
        void arm(String command) {
            String[] words = command.split(" ", -1);
            armed.set(new Armed(words[1], Integer.parseInt(words[2])));
        }

        @Override
        public void reached(Step step) {
            Armed now = armed.get();
            if (now == null || !now.step().equals(step.name())) {
                return;
            }
            Armed next = armed.updateAndGet(before -> new Armed(before.step(), before.left() - 1));
            if (next.left() <= 0) {
                kill();
            }
        }

        /**
         * SIGKILL, while the thread that reached the step stays where it is. {@link Runtime#halt} would have the C library
         * end the process, and with it RocksDB's threads be waited for: for ever, when one of them is to tell Java of a
         * flush, where nothing moves any more. Java signals no process of its own.
         */
        private static void kill() {
            try {
                new ProcessBuilder(
                                "kill",
                                "-KILL",
                                Long.toString(ProcessHandle.current().pid()))
                        .start();
                while (true) {
                    LockSupport.park();
                }
            } catch (IOException noKill) {
                throw new UncheckedIOException(noKill);
            }
        }
    }
}
