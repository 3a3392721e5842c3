package io.tailrace.benchmarks.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** Rounds take turns in the promised order, and ratios are those of rounds, not of medians. */
final class OutcomeTest {
    private static final Load LOAD = new Load("some", 1);

    private final List<String> turns = new ArrayList<>();

    /** Two sides; Tailrace takes 1, 2, 3 ... ms for an operation, the reference 1 ms. */
    private final class Counting implements Benchmark, Contest {
        private int calls;
        private int mostWarmups = Integer.MAX_VALUE;
        private boolean alone;
        private boolean closed;

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public String summary() {
            return "Nothing.";
        }

        @Override
        public String operation() {
            return "none";
        }

        @Override
        public List<Target> targets() {
            return List.of(
                    new Target(Figure.CPU, Side.REFERENCE, 2.0), new Target(Figure.THROUGHPUT, Side.REFERENCE, 0.8));
        }

        @Override
        public Contest open(Setup setup) {
            return this;
        }

        @Override
        public List<Load> loads() {
            return List.of(LOAD);
        }

        @Override
        public Map<String, Side> sides() {
            Map<String, Side> sides = new LinkedHashMap<>();
            sides.put(Side.TAILRACE, load -> sample(Side.TAILRACE, ++calls * 1_000_000L));
            sides.put(Side.REFERENCE, load -> sample(Side.REFERENCE, 1_000_000));
            return sides;
        }

        private Sample sample(String side, long nanos) {
            turns.add(side.substring(0, 1));
            return new Sample(1, nanos, nanos, null);
        }

        @Override
        public boolean takesPart(String side, Load load) {
            return !alone || side.equals(Side.TAILRACE);
        }

        @Override
        public int mostWarmups() {
            return mostWarmups;
        }

        @Override
        public List<String> notes() {
            return List.of("a note");
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static final Progress SILENT = new Progress() {
        @Override
        public void step(String what) {
            assertThat(what).isNotEmpty();
        }

        @Override
        public void sample(Load load, String side, int round, Sample sample) {
            assertThat(round).isPositive();
        }
    };

    @Test
    void sidesTakeTurnsAndWarmUpDoesNotCount() throws Exception {
        Counting benchmark = new Counting();

        Outcome outcome = rounds(3, 1).run(benchmark, null);

        assertThat(String.join("", turns)).isEqualTo("rttrrttr");
        assertThat(outcome.loads().get(0).samples().get(Side.TAILRACE)).hasSize(3);
        assertThat(benchmark.closed).isTrue();
        assertThat(outcome.notes()).containsExactly("a note");
    }

    @Test
    void whoCannotDoTheWorkIsLeftOut() throws Exception {
        Counting benchmark = new Counting();
        benchmark.alone = true;

        Outcome outcome = rounds(2, 0).run(benchmark, null);

        assertThat(String.join("", turns)).isEqualTo("tt");
        assertThat(outcome.comparisons()).isEmpty();
        assertThat(outcome.loads().get(0).median(Side.REFERENCE, Figure.CPU)).isEmpty();
    }

    @Test
    void longRoundsNeedNoWarmUp() throws Exception {
        Counting benchmark = new Counting();
        benchmark.mostWarmups = 0;

        rounds(2, 3).run(benchmark, null);

        assertThat(String.join("", turns)).isEqualTo("trrt");
    }

    @Test
    void ratiosHaveTheirSpreadAndTarget() throws Exception {
        Outcome outcome = rounds(3, 1).run(new Counting(), null);

        Outcome.Comparison cpu = outcome.comparisons().get(0);
        assertThat(cpu.figure()).isEqualTo(Figure.CPU);
        assertThat(cpu.ratio()).isEqualTo(new Spread(3, 2, 4));
        assertThat(cpu.tailrace()).isEqualTo(3_000_000);
        assertThat(cpu.isMissed()).isTrue();
        Outcome.Comparison throughput = outcome.comparisons().get(1);
        assertThat(throughput.figure()).isEqualTo(Figure.THROUGHPUT);
        assertThat(throughput.isMissed()).isTrue();
        assertThat(outcome.comparisons()).as("without latencies").hasSize(2);
    }

    @Test
    void targetsKnowWhatIsBetter() {
        assertThat(new Target(Figure.CPU, Side.REFERENCE, 1.5).isMet(0, 1.5)).isTrue();
        assertThat(new Target(Figure.CPU, Side.REFERENCE, 1.5).isMet(0, 1.6)).isFalse();
        assertThat(new Target(Figure.THROUGHPUT, Side.REFERENCE, 0.8).isMet(0, 0.9))
                .isTrue();
        assertThat(new Target(Figure.THROUGHPUT, Side.REFERENCE, 0.8).isMet(0, 0.7))
                .isFalse();
    }

    @Test
    void absoluteTargetsAreOfTailracesOwnFigure() {
        Target target = Target.absolute(Figure.MEMORY, 350e6, "idle");

        assertThat(target.isFor(Figure.MEMORY, "anybody", new Load("idle, here", 1)))
                .isTrue();
        assertThat(target.isFor(Figure.MEMORY, "anybody", new Load("busy", 1))).isFalse();
        assertThat(target.isMet(349e6, 20.0)).isTrue();
        assertThat(target.isMet(351e6, 0.5)).isFalse();
        assertThat(target.describe()).isEqualTo("idle: resident memory ≤ 350 MB");
    }

    @Test
    void gaugesAreToldInsteadOfTheClocks() {
        Sample sample = new Sample(4, 2_000_000_000L, 1_000_000, null)
                .telling(Map.of(Figure.IDLE_CPU, 0.0213, Figure.DISK, 0.0));

        assertThat(Figure.IDLE_CPU.of(sample)).hasValue(0.0213);
        assertThat(Figure.IDLE_CPU.format(0.0213)).isEqualTo("2.13 %");
        assertThat(Figure.THROUGHPUT.of(sample)).isEmpty();
        assertThat(Figure.DISK.of(sample)).as("nothing to divide by").isEmpty();
        assertThat(Figure.TIME.format(1_234_000_000.0)).isEqualTo("1.23 s");
        assertThat(Figure.DISK.format(1_530)).isEqualTo("1,530 B");
    }

    @Test
    void figuresAreTakenFromSamples() {
        Histogram latencies = new Histogram(3);
        latencies.recordValue(2_000);
        Sample sample = new Sample(4, 2_000_000_000L, 1_000_000, latencies);

        assertThat(Figure.THROUGHPUT.of(sample)).hasValue(2);
        assertThat(Figure.CPU.of(sample)).hasValue(250_000);
        assertThat(Figure.P99.of(sample).getAsDouble()).isBetween(1_990.0, 2_010.0);
        assertThat(Figure.CPU.format(250_000)).isEqualTo("250 µs");
        assertThat(Figure.THROUGHPUT.format(1_234_567)).isEqualTo("1,234,567/s");
        assertThatThrownBy(() -> new Sample(0, 1, 1, null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thisProcessUsesCpu() {
        CpuClock clock = CpuClock.ofThisProcess();
        Meter meter = Meter.start(clock);
        long sum = 0;
        while (meter.sample(1).cpuNanos() < 20_000_000) {
            sum += System.nanoTime();
        }
        assertThat(sum).isNotZero();
        assertThat(CpuClock.of(ProcessHandle.current()).nanos()).isPositive();
    }

    private static Rounds rounds(int rounds, int warmups) {
        return new Rounds(new Rounds.Plan(rounds, warmups, Selection.ALL), Profiler.NONE, SILENT);
    }
}
