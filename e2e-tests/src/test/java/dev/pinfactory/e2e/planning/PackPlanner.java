package dev.pinfactory.e2e.planning;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.card.CardReader;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.plan.PlanValidator;
import dev.pinfactory.proto.plan.TaskShape;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.router.models.RouterModels;
import dev.pinfactory.router.planner.EncoderPlanner;
import dev.pinfactory.router.planner.PlanOutcome;
import dev.pinfactory.router.planner.PlanOutcome.Passed;
import dev.pinfactory.router.planner.PlanOutcome.Planned;
import dev.pinfactory.router.planner.PlanOutcome.Refused;
import dev.pinfactory.router.planner.PlanningRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The shipped router over the cards of all specialists that ship. */
final class PackPlanner {
    private static final List<String> CARDS = List.of(
            "languageid",
            "intent",
            "sentiment",
            "pii",
            "pii/redact",
            "receiptfields",
            "summary",
            "spam",
            "slots",
            "risk",
            "risk/credit",
            "maintenance",
            "clauses",
            "fraud",
            "documents",
            "documents/attachments",
            "ocr",
            "documenttype",
            "tablereader",
            "normaliser",
            "dedupe",
            "faq",
            "forecast",
            "emotion",
            "emotion/urgency",
            "entities");

    private final Contracts contracts =
            Contracts.of(CARDS.stream().map(PackPlanner::contract).toList());
    private final EncoderPlanner planner =
            new EncoderPlanner(RouterModels.shipped(SentenceEncoder.shared()).plannerModels(), Clock.systemUTC());

    private static Contract contract(String specialist) {
        String resource = "/dev/pinfactory/specialists/" + specialist + "/card.yaml";
        try (InputStream in = PackPlanner.class.getResourceAsStream(resource)) {
            return CardReader.readOne(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .getContract();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Contracts contracts() {
        return contracts;
    }

    PlanOutcome plan(PlanRequest request) {
        return planner.plan(new PlanningRequest(request, contracts, Instant.MAX));
    }

    /** What is wrong with the answer to a request; empty when it is as it should be. */
    List<String> faults(PackRequest expected) {
        PlanRequest request = expected.toPlanRequest();
        return switch (plan(request)) {
            case Passed passed -> List.of("passed");
            case Refused refused -> {
                String reason = refused.refusal().getReason().name();
                yield expected.refusals().contains(reason)
                        ? List.of()
                        : List.of(
                                "refused: " + reason + ", " + refused.refusal().getMessage());
            }
            case Planned planned -> {
                List<String> faults = new ArrayList<>();
                PlanInWords words = new PlanInWords(expected.instruction(), planned.plan());
                new PlanValidator(contracts)
                        .validate(planned.plan(), TaskShape.of(request))
                        .forEach(violation -> faults.add("invalid: " + violation.message()));
                if (!expected.plans().contains(words.steps())) {
                    faults.add("steps " + words.steps());
                }
                if (!sameClauses(expected.unmet(), words.unmet())) {
                    faults.add("unmet " + words.unmet());
                }
                if (!expected.output().isEmpty() && !sameOutput(expected.output(), words)) {
                    faults.add("output " + words.outputByInput());
                }
                if (!expected.mapping().isEmpty()
                        && !Set.copyOf(expected.mapping()).equals(Set.copyOf(words.outputByInput()))) {
                    faults.add("mapping " + words.outputByInput());
                }
                yield faults;
            }
        };
    }

    private static boolean sameClauses(List<String> expected, List<String> actual) {
        return expected.size() == actual.size()
                && expected.stream()
                        .allMatch(words -> actual.stream()
                                .anyMatch(clause ->
                                        clause.toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT))));
    }

    private static boolean sameOutput(List<String> expected, PlanInWords words) {
        return expected.stream()
                .allMatch(place ->
                        words.output().contains(place) || words.outputByInput().contains(place));
    }
}
