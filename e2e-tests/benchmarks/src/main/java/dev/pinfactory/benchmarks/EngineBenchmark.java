package dev.pinfactory.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
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
 * <p>Medians, because one other process on the machine spoils any mean. Two short forks of each rather than one long, so that the contestants
 * take turns.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EngineBenchmark {
    /** Set for each row of the table. */
    @Param({"FIVE_NO_OPS", "N_NO_OPS", "UNEVEN", "N"})
    public Shape shape = Shape.FIVE_NO_OPS;

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Ticker ticker = new Ticker();
    private Contestant pinfactory = () -> "";
    private Contestant handWritten = () -> "";
    private Contestant langChain = () -> "";

    /** Builds the contestants for the graph. */
    @Setup
    public void build() {
        pinfactory = new Pinfactory(shape, executor, ticker);
        handWritten = new HandWritten(shape, executor);
        langChain = new LangChain(shape, executor);
    }

    /** Ends the threads. */
    @TearDown
    public void close() {
        executor.close();
        ticker.close();
    }

    @Benchmark
    public String handWritten() {
        return handWritten.run();
    }

    @Benchmark
    public String langchain4jAgentic() {
        return langChain.run();
    }

    @Benchmark
    public String pinfactory() {
        return pinfactory.run();
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
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(4))
                .measurementIterations(3)
                .measurementTime(TimeValue.seconds(2))
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
        String name = result.getParams().getBenchmark();
        return new Report.Measured(
                Shape.valueOf(result.getParams().getParam("shape")),
                name.substring(name.lastIndexOf('.') + 1),
                result.getPrimaryResult().getStatistics().getPercentile(50),
                result.getPrimaryResult().getStatistics().getPercentile(99));
    }

    /** In the order of the table's columns. */
    static List<String> contestants() {
        return List.of("handWritten", "pinfactory", "langchain4jAgentic");
    }
}
