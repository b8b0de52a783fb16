package dev.pinfactory.specialists.workshop;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Runtime;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.Lineage;
import dev.pinfactory.specialists.learning.TrainingOutput;
import dev.pinfactory.specialists.learning.TrainingReport;
import dev.pinfactory.specialists.learning.TrainingRequest;
import dev.pinfactory.specialists.workshop.data.Findings;
import dev.pinfactory.specialists.workshop.report.Report;
import dev.pinfactory.specialists.workshop.serving.ArtifactFolder;
import dev.pinfactory.specialists.workshop.serving.ArtifactType;
import dev.pinfactory.specialists.workshop.training.CardDraft;
import dev.pinfactory.specialists.workshop.training.Job;
import dev.pinfactory.specialists.workshop.training.Outcome;
import dev.pinfactory.specialists.workshop.training.Workshop;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes a specialist out of a file: what {@code pin train specialist --from} runs. Checks and progress go to standard error, the figures to standard output. */
public final class TrainFromFile {
    static final String REPORT = "report.html";
    private static final int DONE = 0;
    private static final int NOT_WRITTEN = 1;
    private static final int WRONG_USE = 2;
    private static final String LOGGING = "logback.configurationFile";

    private final SentenceEncoder encoder;
    private final PrintStream out;
    private final PrintStream err;

    TrainFromFile(SentenceEncoder encoder, PrintStream out, PrintStream err) {
        this.encoder = encoder;
        this.out = out;
        this.err = err;
    }

    /** Labels and columns are anybody's, and a terminal obeys control characters. */
    private void say(String line) {
        err.println(line.replaceAll("\\p{Cntrl}", " "));
    }

    public static void main(String[] arguments) {
        // What libraries log would go to standard output, among the figures.
        if (System.getProperty(LOGGING) == null) {
            System.setProperty(LOGGING, "workshop-logback.xml");
        }
        System.exit(new TrainFromFile(SentenceEncoder.shared(), System.out, System.err).run(arguments));
    }

    /** 0 when there is a specialist, 1 when it could not be written, 2 when arguments or data are wrong. */
    int run(String... arguments) {
        try {
            WorkshopOptions options = WorkshopOptions.parse(arguments);
            make(options.job(this::say), options);
            return DONE;
        } catch (DataException | IllegalArgumentException e) {
            say("pin train specialist: " + e.getMessage());
            return WRONG_USE;
        } catch (IOException | UncheckedIOException e) {
            say("pin train specialist: " + e.getMessage());
            return NOT_WRITTEN;
        }
    }

    private void make(Job job, WorkshopOptions options) throws IOException {
        long start = System.nanoTime();
        Path directory = options.out();
        Findings findings = new Findings(this::say);
        Outcome outcome = new Workshop(encoder).run(job, findings);
        TrialRun trial = TrialRun.of(outcome, encoder);

        ArtifactWriter writer = new ArtifactWriter(directory);
        Contract drafted = new CardDraft(job, outcome, options.summary(), options.examples()).contract();
        Optional<Card> before = writer.existing(drafted);
        TrainingReport report = TrainingOutput.write(
                new TrainingRequest(job.file(), directory, job.seed(), job.progress()),
                new Lineage.Origin(Workshop.class, List.of(job.file()), settings(job, outcome), outcome.libraries()),
                outcome.model(),
                outcome.metrics());
        Card card = card(job, outcome, options, drafted, before, report, trial);
        writer.write(card, trial.samples());
        double seconds = (System.nanoTime() - start) / 1e9;
        Path page = directory.resolve(REPORT);
        Files.writeString(
                page, page(job, card, outcome, findings, trial, seconds).html());
        ArtifactFolder.read(directory);
        if (options.json().isPresent()) {
            Files.write(options.json().get(), FiguresJson.of(card, outcome, trial.latencies(), seconds));
        }
        tell(directory, card, outcome, trial, before.isPresent(), seconds);
    }

    private static Map<String, Object> settings(Job job, Outcome outcome) {
        Map<String, Object> settings = new LinkedHashMap<>(outcome.settings());
        settings.put("type", outcome.type().word());
        settings.put("task", job.task().word());
        settings.put("label", String.join(",", job.label()));
        settings.put("drop", String.join(",", job.drop().stream().sorted().toList()));
        job.outOfScope().ifPresent(value -> settings.put("outOfScope", value));
        settings.put("keep", String.join(",", job.keep().stream().sorted().toList()));
        settings.put("testShare", Job.TEST_SHARE);
        return settings;
    }

    /** Texts that the user gives now count more than those that stand there. */
    private Card card(
            Job job,
            Outcome outcome,
            WorkshopOptions options,
            Contract drafted,
            Optional<Card> before,
            TrainingReport report,
            TrialRun trial) {
        Contract.Builder contract = before.map(Card::getContract).orElse(drafted).toBuilder();
        options.summary().ifPresent(contract::setSummary);
        if (!options.examples().isEmpty()) {
            contract.clearExamples().addAllExamples(options.examples());
        }
        Version.Builder version = ArtifactWriter.version(
                ArtifactWriter.next(before, report.digest()),
                report.digest(),
                report.modelBytes(),
                job.file().getFileName().toString(),
                outcome.metrics(),
                trial.latencies())
                .toBuilder();
        if (outcome.type() == ArtifactType.TEXT_CLASSES) {
            version.setRuntime(Runtime.newBuilder().addUses(encoder.digest()));
        }
        return Card.newBuilder().setContract(contract).setVersion(version).build();
    }

    private static Report page(Job job, Card card, Outcome outcome, Findings findings, TrialRun trial, double seconds) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("file", job.file().getFileName().toString());
        facts.put("task", job.task().word() + (job.label().isEmpty() ? "" : " " + String.join(", ", job.label())));
        facts.put("what it tells", String.join(", ", outcome.words()));
        facts.put("learnt from", "%,d".formatted(outcome.learnt()));
        facts.put("tested on", "%,d".formatted(outcome.tested()));
        facts.put(
                "model",
                "%,d bytes, %s"
                        .formatted(outcome.model().length, card.getVersion().getModelDigest()));
        facts.put("latency", latency(trial));
        facts.put("seed", String.valueOf(job.seed()));
        facts.put("training took", String.format(Locale.ROOT, "%.1f s", seconds));
        return new Report(
                card.getContract().getId() + " " + card.getVersion().getNumber(),
                facts,
                findings.all(),
                outcome.metrics(),
                outcome.baseline(),
                outcome.baselineName(),
                outcome.figures(),
                outcome.errors());
    }

    private static String latency(TrialRun trial) {
        return String.format(
                Locale.ROOT,
                "p50 %.2f ms, p99 %.2f ms an answer, in this process",
                trial.latencies().p50(),
                trial.latencies().p99());
    }

    private void tell(Path directory, Card card, Outcome outcome, TrialRun trial, boolean kept, double seconds) {
        String id = card.getContract().getId();
        out.printf(
                "%s %s: learnt from %,d, tested on %,d, %,d bytes, %s%n",
                id,
                card.getVersion().getNumber(),
                outcome.learnt(),
                outcome.tested(),
                outcome.model().length,
                latency(trial));
        outcome.metrics().forEach((name, metric) -> {
            var other = outcome.baseline().get(name);
            out.println("  " + metric
                    + (other == null
                            ? ""
                            : String.format(Locale.ROOT, "; %s: %.4f", outcome.baselineName(), other.value())));
        });
        out.printf(Locale.ROOT, "took %.1f s%n", seconds);
        out.println();
        out.println("report:      " + directory.resolve(REPORT));
        out.println("card:        " + directory.resolve(ArtifactFolder.CARD)
                + (kept ? " (its texts were kept)" : " (a draft: edit its examples)"));
        out.println("to serve it: ./pin serve " + directory);
    }
}
