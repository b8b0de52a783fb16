package dev.pinfactory.orchestrator.engine;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.CallContext;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Makes the next call of a unit: chooses the specialist, asks the budget, sets the deadline, writes the request. */
final class Calls {
    private final ExecutionRequest request;
    private final ExecutionSettings settings;
    private final Estimates estimates;
    private final Spending spending;
    private final Map<CallId, Flying> flying = new LinkedHashMap<>();

    Calls(ExecutionRequest request, ExecutionSettings settings, Estimates estimates, Spending spending) {
        this.request = request;
        this.settings = settings;
        this.estimates = estimates;
        this.spending = spending;
    }

    /** A call in flight, and whose it is. */
    record Flying(StepRun run, Unit unit, Candidate candidate, Unit.Flight flight) {}

    /** Calls in flight, oldest first. */
    Map<CallId, Flying> flying() {
        return flying;
    }

    /** The next call of the unit; empty when no candidate is left that may be called, and the unit has to be concluded. */
    Optional<Action.Call> next(StepRun run, Unit unit, Instant now, Instant end, Duration behind) {
        while (unit.next() < run.candidates.size()) {
            Candidate candidate = run.candidates.get(unit.next());
            Prepared.Ready prepared = Objects.requireNonNull(run.prepared);
            CallId id = unit.nextCall();
            Optional<String> forbidden = candidate.forbidden(
                    unit.item().isPresent() ? prepared.dataClasses(unit.item().getAsInt()) : prepared.dataClasses());
            if (forbidden.isPresent()) {
                unit.pass(
                        now,
                        candidate.specialist(),
                        ErrorCode.PERMISSION_DENIED,
                        candidate.specialist() + " may not see data of class '" + forbidden.get() + "'");
                continue;
            }
            Version version = request.version(candidate.specialist());
            InferRequest written = write(run, unit, candidate, prepared, version.getNumber());
            Optional<String> refused = spending.reserve(id, candidate.contract(), version, bytes(written));
            if (refused.isPresent()) {
                unit.pass(
                        now,
                        candidate.specialist(),
                        ErrorCode.BUDGET_EXHAUSTED,
                        candidate.specialist() + " was not called: " + refused.get());
                continue;
            }
            Instant deadline = deadline(run, unit, now, end, behind);
            Unit.Flight flight = new Unit.Flight(id, candidate.specialist(), version.getNumber(), now, deadline);
            unit.fly(flight);
            flying.put(id, new Flying(run, unit, candidate, flight));
            return Optional.of(new Action.Call(id, written, deadline));
        }
        return Optional.empty();
    }

    /** The call's latest finish: behind it lie the unit's fallbacks, the items that wait for a place in the window, and the steps behind. */
    private Instant deadline(StepRun run, Unit unit, Instant now, Instant end, Duration behindStep) {
        Duration own = estimates.of(run.candidates.get(unit.next()).specialist());
        Duration behind = behindStep;
        for (int i = unit.next() + 1; i < run.candidates.size(); i++) {
            behind = behind.plus(estimates.of(run.candidates.get(i).specialist()));
        }
        int waiting = run.units.size() - run.nextUnit;
        if (waiting > 0) {
            int waves = (waiting + settings.itemWindow() - 1) / settings.itemWindow();
            behind = behind.plus(
                    estimates.of(run.candidates.getFirst().specialist()).multipliedBy(waves));
        }
        return CriticalPath.latestFinish(now, end, own, behind);
    }

    private InferRequest write(StepRun run, Unit unit, Candidate candidate, Prepared.Ready prepared, String version) {
        CallContext.Builder context = request.context().toBuilder().setStep(run.id());
        InferRequest.Builder call =
                InferRequest.newBuilder().setSpecialist(candidate.specialist()).setVersion(version);
        for (Artifact input : prepared.inputs()) {
            add(call, candidate, input.getName(), input);
        }
        unit.item().ifPresent(item -> {
            context.setItem(item);
            Artifact element = prepared.items().orElseThrow().get(item).orElseThrow();
            add(call, candidate, run.step.getForEach(), element);
        });
        prepared.parameters().forEach((name, value) -> {
            if (candidate.hasParameter(candidate.name(name))) {
                call.putParameters(candidate.name(name), value);
            }
        });
        return call.setContext(context).build();
    }

    /** The message's own size is kept in it for when it is sent; what it refers to is sent besides. */
    private static long bytes(InferRequest call) {
        long referred = 0;
        for (int i = 0; i < call.getInputsCount(); i++) {
            referred += referred(call.getInputs(i));
        }
        return call.getSerializedSize() + referred;
    }

    private static long referred(Artifact artifact) {
        if (!artifact.hasItems()) {
            return artifact.getRef().getSizeBytes();
        }
        long referred = 0;
        for (Artifact item : artifact.getItems().getItemsList()) {
            referred += item.getRef().getSizeBytes();
        }
        return referred;
    }

    private static void add(InferRequest.Builder call, Candidate candidate, String port, Artifact artifact) {
        String theirs = candidate.name(port);
        if (candidate.hasInput(theirs)) {
            call.addInputs(Bindings.named(artifact, theirs));
        }
    }
}
