package dev.pinfactory.orchestrator.service.pin;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.card.Compatibility;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.card.Languages;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Fallback;
import dev.pinfactory.proto.v1.Parameter;
import dev.pinfactory.proto.v1.PinnedPlan;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.TypeDeclaration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What keeps a pinned plan from doing now what it did when it was pinned: cards that are gone, or do not keep what they said then. */
public final class CardDifferences {
    private final PinnedPlan pinned;
    private final Contracts now;
    private final InputLanguages languages;
    /** A card that several steps use is told of once. */
    private final Set<FieldViolation> found = new LinkedHashSet<>();

    private CardDifferences(PinnedPlan pinned, Contracts now) {
        this.pinned = pinned;
        this.now = now;
        this.languages = InputLanguages.of(pinned);
    }

    /** Each with its card and place, what it was and what it is; empty where the plan holds as it is. */
    public static List<FieldViolation> between(PinnedPlan pinned, Contracts now) {
        CardDifferences differences = new CardDifferences(pinned, now);
        pinned.getContractsList().forEach(differences::card);
        pinned.getPlan().getStepsList().forEach(differences::defaults);
        pinned.getPlan().getStepsList().forEach(differences::languages);
        return List.copyOf(differences.found);
    }

    private void card(Contract before) {
        String at = at(before.getId());
        Optional<Contract> after = now.find(before.getId());
        if (after.isEmpty()) {
            found.add(new FieldViolation(at, "is no longer in the swarm"));
            return;
        }
        Compatibility.broken(before, after.get())
                .forEach(broken -> found.add(new FieldViolation(
                        broken.field().replaceFirst("^contract\\.", at + "."), broken.description())));
        for (TypeDeclaration type : before.getTypesList()) {
            Optional<TypeDeclaration> same = now.types().declaration(type.getName());
            boolean kept = same.isPresent()
                    && same.get().getParent().equals(type.getParent())
                    && same.get().getJsonSchema().equals(type.getJsonSchema());
            if (!kept) {
                found.add(new FieldViolation(
                        at + ".types[" + type.getName() + "]",
                        same.isEmpty() ? "is no longer declared" : "has another parent or JSON Schema than before"));
            }
        }
    }

    /** A default is part of the plan where a step leaves a parameter to it. */
    private void defaults(Step step) {
        Set<String> bound = new HashSet<>();
        step.getParametersList().stream()
                .filter(parameter -> !parameter.getSource().hasParameterDefault())
                .forEach(parameter -> bound.add(parameter.getParameter()));
        defaults(step, step.getSpecialist(), bound);
        for (Fallback fallback : step.getFallbacksList()) {
            Set<String> theirs = new HashSet<>();
            bound.forEach(name -> theirs.add(fallback.getPortsOrDefault(name, name)));
            defaults(step, fallback.getSpecialist(), theirs);
        }
    }

    private void defaults(Step step, String specialist, Set<String> bound) {
        Optional<Contract> after = now.find(specialist);
        List<Parameter> parameters = after.map(Contract::getParametersList).orElse(List.of());
        for (Parameter before :
                before(specialist).map(Contract::getParametersList).orElse(List.of())) {
            if (bound.contains(before.getName())) {
                continue;
            }
            parameters.stream()
                    .filter(same -> same.getName().equals(before.getName()))
                    .filter(same -> !same.getDefaultValue().equals(before.getDefaultValue()))
                    .forEach(same -> found.add(new FieldViolation(
                            at(specialist) + ".parameters[" + before.getName() + "].default_value",
                            "was " + said(before) + ", is " + said(same) + ", and step '" + step.getId()
                                    + "' leaves it to the default")));
        }
    }

    /** Nobody is asked for a language when it comes to running: a card that lost it would be fed it all the same. */
    private void languages(Step step) {
        for (String language : languages.reaching(step)) {
            understands(step, step.getSpecialist(), language);
            step.getFallbacksList().forEach(fallback -> understands(step, fallback.getSpecialist(), language));
        }
    }

    private void understands(Step step, String specialist, String language) {
        Optional<Contract> before = before(specialist);
        Optional<Contract> after = now.find(specialist);
        boolean lost = before.isPresent()
                && after.isPresent()
                && Languages.understands(before.get(), language)
                && !Languages.understands(after.get(), language);
        if (lost) {
            List<String> had = before.get().getLanguagesList();
            found.add(new FieldViolation(
                    at(specialist) + ".languages",
                    "was " + (had.isEmpty() ? "any" : had) + ", is "
                            + after.get().getLanguagesList() + ", and step '" + step.getId() + "' reads " + language));
        }
    }

    private Optional<Contract> before(String specialist) {
        return pinned.getContractsList().stream()
                .filter(contract -> contract.getId().equals(specialist))
                .findFirst();
    }

    private static String said(Parameter parameter) {
        Value value = parameter.getDefaultValue();
        try {
            return parameter.hasDefaultValue()
                    ? JsonFormat.printer().omittingInsignificantWhitespace().print(value)
                    : "none";
        } catch (InvalidProtocolBufferException e) {
            return String.valueOf(value.getNumberValue());
        }
    }

    private static String at(String specialist) {
        return "contracts[" + specialist + "]";
    }
}
