package io.tailrace.processors.broker;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.processors.ProcessorConfig;
import io.tailrace.processors.ProcessorNotReadyException;
import io.tailrace.processors.activity.ActivityConfig;
import io.tailrace.processors.activity.ActivityProcessor;
import io.tailrace.processors.activity.ActivityResults.Totals;
import io.tailrace.processors.gsi.GsiProcessor;
import io.tailrace.processors.instances.Instances;
import io.tailrace.schemas.key.StateKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Both processors in a process of their own, to be killed. Prints what their queries say, over and over: {@code <events>
 * <sum of actions over minutes> <sum over sessions> <index entries>}, as soon as all can be read.
 */
final class ProcessorsChild {
    private static final long PRINT_EVERY_NANOS = 20_000_000;
    private static final Duration QUERY_WAIT = Duration.ofMillis(500);

    private ProcessorsChild() {}

    public static void main(String[] arguments) throws IOException {
        ProcessorConfig config = new ProcessorConfig(
                arguments[0],
                arguments[1],
                Path.of(arguments[2]),
                Integer.parseInt(arguments[3]),
                null,
                1,
                1,
                Map.of("consumer.session.timeout.ms", arguments[5], "consumer.heartbeat.interval.ms", "1000"));
        int indexId = Integer.parseInt(arguments[4]);
        byte[] first = StateKeys.idPrefix(indexId);
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (Instances instances = Instances.listening(anyPort, config.adminSettings());
                GsiProcessor gsi = new GsiProcessor(config, instances, meters, QUERY_WAIT);
                ActivityProcessor activity =
                        new ActivityProcessor(config, ActivityConfig.DEFAULT, instances, meters, QUERY_WAIT)) {
            gsi.start();
            activity.start();
            while (!System.out.checkError()) {
                try {
                    Totals totals = activity.queries().totals();
                    int entries = gsi.queries()
                            .read(indexId, first, StateKeys.successor(first), true, Integer.MAX_VALUE, Long.MAX_VALUE)
                            .entries()
                            .size();
                    System.out.println(totals.events() + " " + totals.minuteActions() + " " + totals.sessionActions()
                            + " " + entries);
                } catch (ProcessorNotReadyException notYet) {
                    System.out.println("waiting");
                }
                LockSupport.parkNanos(PRINT_EVERY_NANOS);
            }
        }
    }
}
