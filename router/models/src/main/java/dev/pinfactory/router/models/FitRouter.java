package dev.pinfactory.router.models;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.card.CardReader;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.router.models.FitReport.Row;
import dev.pinfactory.router.models.FitTrainer.Fitted;
import dev.pinfactory.router.models.evaluation.GraphFile;
import dev.pinfactory.router.models.evaluation.LabelledRequest;
import dev.pinfactory.router.planner.PlannerModels;
import dev.pinfactory.router.planner.Understanding;
import dev.pinfactory.router.planner.ground.Selection;
import dev.pinfactory.router.planner.sketch.ToolGraph;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * Fits the router to an organisation's labelled requests: {@code --cards C --examples R --out DIR [--router DIR] [--seed N]}. Says, on requests that it
 * keeps for that, what 0, 10, 50, 200 and all examples bring, and how cards do that no example knows; then fits to all of them, if they bring anything.
 */
public final class FitRouter {
    private static final int FEWEST = 10;
    private static final int MOST = 6_000;
    private static final int MOST_VALIDATION = 500;
    private static final double VALIDATION = 0.2;
    private static final List<Integer> CURVE = List.of(10, 50, 200);
    private static final double TOOLS_LEFT_OUT = 0.15;

    private final FitOptions options;
    private final PrintStream progress;
    private final long begin = System.nanoTime();

    private FitRouter(FitOptions options, PrintStream progress) {
        this.options = options;
        this.progress = progress;
    }

    public static void main(String[] arguments) {
        try {
            new FitRouter(FitOptions.parse(arguments), System.err).run();
        } catch (IllegalArgumentException | IOException | UncheckedIOException e) {
            System.err.println("pin fit router: " + e.getMessage());
            System.exit(2);
        }
    }

    private void run() throws IOException {
        Contracts contracts = Contracts.of(
                CardReader.read(options.cards()).stream().map(Card::getContract).toList());
        List<LabelledRequest> requests = checked(LabelledRequest.read(options.examples()), contracts);
        SentenceEncoder encoder = SentenceEncoder.shared();
        RouterFiles files =
                options.router().isPresent() ? RouterFiles.of(options.router().get()) : RouterFiles.shipped();
        RouterModels base = RouterModels.of(files, encoder);
        List<FitExample> examples = examples(requests, contracts, base);
        Collections.shuffle(examples, new Random(options.seed()));
        int held = Math.min(MOST_VALIDATION, (int) Math.ceil(VALIDATION * examples.size()));
        List<FitExample> validation = examples.subList(0, held);
        List<FitExample> training = examples.subList(held, examples.size());

        FitReport report = new FitReport(options.seed(), validation.size());
        Row before = report.add("0", validation, FitRouter::zeroShot);
        for (int count : CURVE) {
            if (count < training.size()) {
                Function<FitExample, Selection> few = select(fit(training.subList(0, count), line -> {}));
                say(report.add(String.valueOf(count), validation, few).line());
            }
        }
        Fitted fitted = fit(training, this::say);
        Row after = report.add(training.size() + " (all)", validation, select(fitted));
        say(after.line());
        unseenCards(report, training, validation);
        System.out.print(report.text());
        FitLinks fitLinks = new FitLinks(options.graph().map(GraphFile::read).orElse(ToolGraph.UNKNOWN), base.links());
        Optional<FitLinks.Comparison> links = fitLinks.compare(training, validation, fitted.heads(), select(fitted));
        links.ifPresent(comparison -> System.out.println(comparison.line()));
        say("fitting to all " + examples.size() + " examples ...");
        Fitted all = fit(examples, this::say);
        if (!after.isBetterThan(before) || !all.isBetter()) {
            System.out.println(
                    "The examples bring nothing yet: nothing is written. More of them help; from some 50 on they mostly do.");
            return;
        }
        FittedHeads heads = links.filter(FitLinks.Comparison::isBetter).isPresent()
                ? all.heads().with(fitLinks.fit(examples, all.heads()))
                : all.heads();
        write(heads, files, report, examples.size());
        System.out.println("wrote " + options.out());
    }

    private Fitted fit(List<FitExample> training, Consumer<String> lines) {
        return new FitTrainer(training, options.seed(), lines).fit();
    }

    /** As a router does that was fitted so: where the examples bring nothing it stays as it was. */
    private static Function<FitExample, Selection> select(Fitted fitted) {
        return fitted.isBetter()
                ? example -> fitted.heads().select(example.read(), example.grounding(), example.vector())
                : FitRouter::zeroShot;
    }

    private static Selection zeroShot(FitExample example) {
        return Selection.from(example.grounding(), example.read().clauses());
    }

    /** Takes tools out of the training part altogether, and looks at the requests that need them. */
    private void unseenCards(FitReport report, List<FitExample> training, List<FitExample> validation) {
        List<String> tools = new ArrayList<>(new TreeSet<>(
                training.stream().flatMap(example -> example.tools().stream()).toList()));
        Collections.shuffle(tools, new Random(options.seed() + 1));
        Set<String> out = Set.copyOf(tools.subList(0, (int) Math.ceil(TOOLS_LEFT_OUT * tools.size())));
        List<FitExample> without = training.stream()
                .filter(example -> Collections.disjoint(example.tools(), out))
                .toList();
        List<FitExample> needing = validation.stream()
                .filter(example -> !Collections.disjoint(example.tools(), out))
                .toList();
        if (without.size() < FEWEST || needing.size() < FEWEST) {
            return;
        }
        report.add("cards in no example, 0", needing, FitRouter::zeroShot);
        say(report.add("cards in no example, " + without.size(), needing, select(fit(without, line -> {})))
                .line());
    }

    private List<FitExample> examples(List<LabelledRequest> requests, Contracts contracts, RouterModels base) {
        base.prepare(contracts);
        PlannerModels models = base.plannerModels();
        say("reading " + requests.size() + " requests");
        List<FitExample> examples = new ArrayList<>();
        for (int from = 0; from < requests.size(); from += 500) {
            examples.addAll(requests.subList(from, Math.min(requests.size(), from + 500)).parallelStream()
                    .map(request -> example(request, contracts, base, models))
                    .toList());
            say("  " + examples.size() + " of " + requests.size());
        }
        return examples;
    }

    private static FitExample example(
            LabelledRequest request, Contracts contracts, RouterModels base, PlannerModels models) {
        Understanding understood = Understanding.of(request.text(), contracts, models);
        return new FitExample(
                understood.interpretation(),
                understood.grounding(),
                base.vector(understood.interpretation()),
                request.tools(),
                request.links());
    }

    private List<LabelledRequest> checked(List<LabelledRequest> requests, Contracts contracts) {
        Set<String> unknown = requests.stream()
                .flatMap(request -> request.tools().stream())
                .filter(tool -> contracts.find(tool).isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(options.examples() + " names tools that are not in " + options.cards()
                    + ": " + unknown.stream().limit(10).collect(Collectors.joining(", ")));
        }
        List<LabelledRequest> labelled =
                requests.stream().filter(request -> !request.tools().isEmpty()).toList();
        if (labelled.size() < FEWEST) {
            throw new IllegalArgumentException(options.examples() + " holds " + labelled.size()
                    + " labelled requests; at least " + FEWEST + " are needed");
        }
        if (labelled.size() > MOST) {
            say(labelled.size() + " labelled requests; the last " + MOST + " are used");
            return labelled.subList(labelled.size() - MOST, labelled.size());
        }
        return labelled;
    }

    private void write(FittedHeads heads, RouterFiles base, FitReport report, int examples) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        heads.write(bytes);
        Map<String, Object> lineage =
                new LinkedHashMap<>(base.with(bytes.toByteArray()).write(options.out()));
        lineage.put("links fitted", heads.links().isPresent());
        lineage.put("trainer", FitRouter.class.getName());
        lineage.put("seed", options.seed());
        lineage.put("examples", examples);
        lineage.put(
                "data",
                Map.of(
                        "cards", Digests.of(Files.readAllBytes(options.cards())),
                        "examples", Digests.of(Files.readAllBytes(options.examples()))));
        lineage.put("java", Runtime.version().toString());
        lineage.put("validation", report.rows().stream().map(Row::json).toList());
        Files.writeString(
                options.out().resolve(RouterModels.LINEAGE),
                JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(lineage) + "\n");
    }

    private void say(String line) {
        progress.printf(Locale.ROOT, "%4.0f s  %s%n", (System.nanoTime() - begin) / 1e9, line);
    }
}
