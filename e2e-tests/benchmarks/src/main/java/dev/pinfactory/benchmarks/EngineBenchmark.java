package dev.pinfactory.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Each graph, by each contestant, one task after the other on virtual threads. {@link #main} runs all in one go and writes the table.
 *
 * <p>Medians, because one other process on the machine spoils any mean. Two short forks of each rather than one long, so that one disturbance does
 * not decide.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EngineBenchmark {
    /**
     * Tasks without work that a contestant runs before its clock starts: enough for the compiler to be done with the code of each, also where a
     * task takes 70 ms and a few seconds of warm-up would leave it interpreted.
     */
    static final int WARM_UP_TASKS = 100_000;

    /** Set for each row of the table. */
    @Param({"FIVE_NO_OPS", "N_NO_OPS", "UNEVEN", "N"})
    public Shape shape = Shape.FIVE_NO_OPS;

    /** Set for each column of the table. */
    @Param({"BY_HAND", "PINFACTORY", "LANGCHAIN4J_AGENTIC"})
    public Entry entry = Entry.BY_HAND;

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Ticker ticker = new Ticker();
    private Contestant contestant = () -> "";

    /** Builds the contestant for the graph, with its code warm. */
    @Setup
    public void build() {
        Contestant idle = entry.build(shape.withoutWork(), executor, ticker);
        for (int i = 0; i < WARM_UP_TASKS; i++) {
            idle.run();
        }
        contestant = entry.build(shape, executor, ticker);
    }

    /** Ends the threads. */
    @TearDown
    public void close() {
        executor.close();
        ticker.close();
    }

    @Benchmark
    public String task() {
        return contestant.run();
    }

    /**
     * Runs everything and prints the table; with an argument writes it to that file.
     *
     * @throws RunnerException when a benchmark can't be run
     * @throws IOException when the file can't be written
     */
    public static void main(String[] arguments) throws RunnerException, IOException {
        Options options = new OptionsBuilder()
                .include(EngineBenchmark.class.getName())
                .forks(2)
                .warmupIterations(1)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(3)
                .measurementTime(TimeValue.milliseconds(1_500))
                .jvmArgsAppend("-Xmx1g", "--enable-native-access=ALL-UNNAMED")
                .build();
        Collection<RunResult> results = new Runner(options).run();
        String page = Report.page(results.stream().map(EngineBenchmark::row).toList());
        System.out.println(page);
        if (arguments.length > 0) {
            Files.writeString(Path.of(arguments[0]), page);
        }
    }

    private static Report.Measured row(RunResult result) {
        return new Report.Measured(
                Shape.valueOf(result.getParams().getParam("shape")),
                Entry.valueOf(result.getParams().getParam("entry")),
                result.getPrimaryResult().getStatistics().getPercentile(50),
                result.getPrimaryResult().getStatistics().getPercentile(99));
    }
}
