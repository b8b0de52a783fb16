package dev.pinfactory.router.models.evaluation;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.card.CardReader;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.router.models.RouterModels;
import dev.pinfactory.router.planner.Sketcher;
import dev.pinfactory.router.planner.sketch.Sketch;
import dev.pinfactory.router.planner.sketch.ToolGraph;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs a router over labelled requests: {@code --cards C --requests R [--graph G] [--router DIR] [--no-refusal] [--predictions FILE] [--json FILE]
 * [--ablation] [--escalation FILE] [--llm-node-f1 PERCENT] [--llm-exact PERCENT]}. It sees the requests' texts alone; labels are read by the figures afterwards.
 */
public final class EvaluateRouter {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PROGRESS_EVERY = 200;

    private final PrintStream progress;

    private EvaluateRouter(PrintStream progress) {
        this.progress = progress;
    }

    public static void main(String[] arguments) {
        try {
            new EvaluateRouter(System.err).run(EvaluationOptions.parse(arguments));
        } catch (IllegalArgumentException | IOException | UncheckedIOException e) {
            System.err.println("pin eval router: " + e.getMessage());
            System.exit(2);
        }
    }

    private void run(EvaluationOptions options) throws IOException {
        Contracts contracts = Contracts.of(
                CardReader.read(options.cards()).stream().map(Card::getContract).toList());
        List<LabelledRequest> requests = LabelledRequest.read(options.requests());
        if (requests.isEmpty()) {
            throw new IllegalArgumentException(options.requests() + " holds no request");
        }
        ToolGraph graph = options.graph().map(GraphFile::read).orElse(ToolGraph.UNKNOWN);
        SentenceEncoder encoder = SentenceEncoder.shared();
        RouterModels models = options.router().isEmpty()
                ? RouterModels.shipped(encoder)
                : RouterModels.read(options.router().get(), encoder);
        models.prepare(contracts);
        Sketcher sketcher = new Sketcher(models.plannerModels(), models.links());
        progress.printf("%d requests over %d cards%n", requests.size(), contracts.size());

        double[] milliseconds = new double[requests.size()];
        List<Scored> scored = sketch(requests, contracts, graph, sketcher, options.noRefusal(), milliseconds);
        if (options.predictions().isPresent()) {
            writePredictions(scored, options.predictions().get());
        }
        EvaluationReport report = EvaluationReport.of(scored, milliseconds, models.digest());
        System.out.print(report.text());
        if (options.ablation()) {
            System.out.println();
            System.out.print(ablation(requests, contracts, graph, models, options.noRefusal()));
        }
        if (options.escalation().isPresent()) {
            writeEscalation(scored, options);
        }
        if (options.json().isPresent()) {
            Files.writeString(
                    options.json().get(),
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report.json()) + "\n");
        }
    }

    /** @param milliseconds what each takes is written there */
    private List<Scored> sketch(
            List<LabelledRequest> requests,
            Contracts contracts,
            ToolGraph graph,
            Sketcher sketcher,
            boolean noRefusal,
            double[] milliseconds) {
        List<Scored> scored = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            long begin = System.nanoTime();
            Sketch sketch = sketcher.sketch(requests.get(i).text(), contracts, graph);
            milliseconds[i] = (System.nanoTime() - begin) / 1e6;
            scored.add(new Scored(requests.get(i), sketch, noRefusal));
            if ((i + 1) % PROGRESS_EVERY == 0) {
                progress.printf("  %d of %d%n", i + 1, requests.size());
            }
        }
        return scored;
    }

    private String ablation(
            List<LabelledRequest> requests,
            Contracts contracts,
            ToolGraph graph,
            RouterModels models,
            boolean noRefusal) {
        Ablation table = new Ablation();
        models.ablation().forEach((name, parts) -> {
            progress.println(name);
            List<Scored> scored = sketch(
                    requests,
                    contracts,
                    graph,
                    new Sketcher(parts, models.links()),
                    noRefusal,
                    new double[requests.size()]);
            table.add(name, scored);
        });
        return table.text();
    }

    private static void writeEscalation(List<Scored> scored, EvaluationOptions options) throws IOException {
        List<Scored> labelled =
                scored.stream().filter(one -> !one.request().tools().isEmpty()).toList();
        if (labelled.isEmpty()) {
            throw new IllegalArgumentException("--escalation: no request is labelled");
        }
        Escalation escalation = Escalation.of(labelled, options.model());
        System.out.println();
        System.out.print(escalation.table());
        Files.writeString(options.escalation().orElseThrow(), EscalationPlot.of(escalation));
    }

    private static void writePredictions(List<Scored> scored, Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (Scored one : scored) {
                out.write(JSON.writeValueAsString(Prediction.of(one)));
                out.newLine();
            }
        }
    }
}
