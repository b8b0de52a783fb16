package dev.pinfactory.specialists.testkit;

import dev.pinfactory.proto.card.CardValidator;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.specialists.sdk.sample.GeneratedSamples;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Everything that a server of specialists has to do, in whatever language it is written. */
final class Contract {
    private final Connection connection;
    private final Map<String, List<InferRequest>> samples;

    /** @param samples by specialist; for those without, requests are made up from the card */
    Contract(Connection connection, Map<String, List<InferRequest>> samples) {
        this.connection = connection;
        this.samples = samples;
    }

    /** Checks of the server, then of each specialist that it describes. */
    List<Check> checks() {
        List<Card> cards = describe();
        List<Check> checks = new ArrayList<>();
        checks.add(new Check("describes valid cards", () -> describesValidCards(cards)));
        checks.add(new Check("is healthy", () -> isHealthy("")));
        checks.add(new Check("refuses an unknown specialist", this::refusesUnknownSpecialist));
        for (Card card : cards) {
            String id = card.getContract().getId();
            checks.add(new Check(id + ": is healthy", () -> isHealthy(id)));
            List<InferRequest> requests = samplesOf(card);
            if (requests.isEmpty()) {
                checks.add(new Check(id + ": has samples", () -> {
                    throw new ContractViolation(
                            "nothing can be made up for its input types, and no samples were given");
                }));
                continue;
            }
            Subject subject = new Subject(connection, card, requests);
            checks.addAll(new AnswerChecks(subject).checks());
            checks.addAll(new RefusalChecks(subject).checks());
            checks.addAll(new LoadChecks(subject).checks());
        }
        return checks;
    }

    private List<Card> describe() {
        try {
            return connection.describe();
        } catch (StatusRuntimeException e) {
            throw new ContractViolation("Describe answered " + e.getStatus().getCode()
                    + (e.getStatus().getCode() == Status.Code.UNAVAILABLE ? ": is the server there?" : ""));
        }
    }

    private List<InferRequest> samplesOf(Card card) {
        List<InferRequest> given = samples.getOrDefault(card.getContract().getId(), List.of());
        return given.isEmpty()
                ? GeneratedSamples.request(card.getContract(), GeneratedSamples.PLAIN_TEXT).stream()
                        .toList()
                : given;
    }

    private static void describesValidCards(List<Card> cards) {
        ContractViolation.unless(!cards.isEmpty(), "Describe gave no card, expected at least one");
        for (Card card : cards) {
            var violations = CardValidator.strict().validate(card);
            ContractViolation.unless(
                    violations.isEmpty(), "card '" + card.getContract().getId() + "': " + violations);
        }
    }

    private void isHealthy(String service) {
        ServingStatus status = connection.health(service);
        ContractViolation.unless(
                status == ServingStatus.SERVING, "health of '" + service + "' is " + status + ", expected SERVING");
    }

    private void refusesUnknownSpecialist() {
        InferRequest request =
                InferRequest.newBuilder().setSpecialist("no-such-specialist").build();
        Refusal.expect(Status.Code.NOT_FOUND, () -> connection.infer(request));
    }
}
