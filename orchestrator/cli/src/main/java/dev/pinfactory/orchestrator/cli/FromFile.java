package dev.pinfactory.orchestrator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code pin train specialist --from}. */
final class FromFile {
    @Option(
            names = "--from",
            required = true,
            paramLabel = "FILE",
            description =
                    "Examples: CSV with a header, or .jsonl with a flat object a line. Up to 200,000 rows, UTF-8.")
    private Path from = Path.of("");

    @Option(
            names = "--type",
            required = true,
            paramLabel = "TYPE",
            description =
                    "classify: a label for a text, or for rows of a table; extract: places in a text (.jsonl, spans of start, end and label); "
                            + "score: a probability or a number for rows of a table; forecast: how series go on.")
    private String type = "";

    @Option(names = "--name", required = true, paramLabel = "ID", description = "Its id, such as ticket-queue.")
    private String name = "";

    @Option(
            names = "--label",
            paramLabel = "COLUMN",
            description =
                    "What is to be told; the column of spans; of a forecast the series, A,B (all numbers if not given).")
    private @Nullable String label;

    @Option(
            names = "--text",
            paramLabel = "COLUMN",
            description =
                    "The column of texts. Without it one with sentences is looked for; where there is none, rows are learnt.")
    private @Nullable String text;

    @Option(names = "--time", paramLabel = "COLUMN", description = "The column of times, for a forecast.")
    private @Nullable String time;

    @Option(names = "--horizon", paramLabel = "STEPS", description = "How far to forecast; 24 at most if not given.")
    private @Nullable Integer horizon;

    @Option(names = "--drop", paramLabel = "A,B", description = "Columns that are not to be learnt from.")
    private @Nullable String drop;

    @Option(
            names = "--keep",
            paramLabel = "A,B",
            description = "Columns to learn from although the checks advise against it.")
    private @Nullable String keep;

    @Option(
            names = "--out-of-scope",
            paramLabel = "LABEL",
            description =
                    "The label of texts about something else: the specialist learns to abstain from such, and the report says how often it does.")
    private @Nullable String outOfScope;

    @Option(names = "--summary", paramLabel = "TEXT", description = "The card's summary, in place of the drafted one.")
    private @Nullable String summary;

    @Option(
            names = "--example",
            paramLabel = "TEXT",
            description =
                    "A request that people make of it, for the card; several times, in place of the drafted ones.")
    private List<String> examples = new ArrayList<>();

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures as JSON.")
    private @Nullable Path json;

    @Option(names = "--serve", description = "Serves it to the swarm that runs here, as 'pin serve' does.")
    private boolean serve;

    int run(@Nullable Path out, @Nullable Long seed, PrintWriter terminal) throws IOException, InterruptedException {
        Optional<String> taken = new ShippedSpecialists(Home.installed().libraries()).find(name);
        if (taken.isPresent()) {
            throw new UsageException("--name is '" + name + "', which a specialist of the pack has (" + taken.get()
                    + "); give it another name");
        }
        Path directory = out == null ? Path.of("specialists.d", name) : out;
        List<String> command = Home.installed().role("specialists/workshop", List.of("-Xmx3g"));
        command.add("train");
        add(command, "--from", from);
        add(command, "--type", type);
        add(command, "--name", name);
        add(command, "--label", label);
        add(command, "--text", text);
        add(command, "--time", time);
        add(command, "--horizon", horizon);
        add(command, "--drop", drop);
        add(command, "--keep", keep);
        add(command, "--out-of-scope", outOfScope);
        add(command, "--summary", summary);
        add(command, "--json", json);
        add(command, "--out", directory);
        add(command, "--seed", seed);
        examples.forEach(example -> add(command, "--example", example));
        int result = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (result == 0 && serve) {
            ServeCommand.serve(directory, terminal);
        }
        return result;
    }

    private static void add(List<String> command, String option, @Nullable Object value) {
        if (value != null) {
            command.addAll(List.of(option, value.toString()));
        }
    }
}
