package dev.pinfactory.router.planner.bind;

import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.router.planner.bind.DraftStep.Purpose;
import dev.pinfactory.router.planner.bind.Feeding.Fed;
import dev.pinfactory.router.planner.bind.Feeding.Instance;
import dev.pinfactory.router.planner.bind.Feeding.Missing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Feeds the input ports of a specialist for one clause. Which source is meant is {@link SourceChoice}'s affair; here types and cardinality are. */
final class InputBinder {
    private final List<InputDescription> inputs;
    private final Optional<Parts> parts;
    private final SemanticTypes types;
    private final SourceChoice choice;
    private final Completion completion;
    private final StepIds ids;
    private final List<DraftStep> insertedNow = new ArrayList<>();

    InputBinder(
            List<InputDescription> inputs,
            Optional<Parts> parts,
            SemanticTypes types,
            SourceChoice choice,
            Completion completion,
            StepIds ids) {
        this.inputs = inputs;
        this.parts = parts;
        this.types = types;
        this.choice = choice;
        this.completion = completion;
        this.ids = ids;
    }

    /** Finds what may feed a port. */
    private interface Chooser {
        List<Source> choose(Port port, Map<InputDescription, Source> views);
    }

    /** Feeds what a clause asks for. */
    Feeding feed(Contract contract, int clause, List<DraftStep> earlier) {
        return feed(contract, earlier, (port, views) -> choice.choose(contract, port, clause, earlier, views));
    }

    /** Feeds what a place of the caller's schema wants, in the words of the place. */
    Feeding feed(Contract contract, String words, List<DraftStep> earlier) {
        return feed(contract, earlier, (port, views) -> choice.choose(contract, port, words, earlier, views));
    }

    private Feeding feed(Contract contract, List<DraftStep> earlier, Chooser chooser) {
        insertedNow.clear();
        List<Port> ports = contract.getInputsList();
        if (ports.isEmpty()) {
            return new Fed(List.of(new Instance(Map.of(), "")), List.of());
        }
        List<Port> required = ports.stream().filter(port -> !port.getOptional()).toList();
        Port main = required.isEmpty() ? ports.getFirst() : required.getFirst();
        List<Source> sources = chooser.choose(main, views(main.getType(), earlier));
        if (sources.isEmpty()) {
            return new Missing(main.getName(), main.getType());
        }
        List<Instance> instances = new ArrayList<>();
        boolean gathers = main.getCardinality() == Port.Cardinality.MANY;
        if (required.size() > 1) {
            return several(required, sources, earlier, chooser);
        }
        if (gathers) {
            instances.add(instance(contract, main, gathered(sources)));
        } else {
            sources.forEach(source -> instances.add(instance(contract, main, List.of(source))));
        }
        return new Fed(instances, insertedNow);
    }

    /** A list goes alone into a port that takes many; single values go together. */
    private static List<Source> gathered(List<Source> sources) {
        Optional<Source> list = sources.stream().filter(Source::many).findFirst();
        return list.map(List::of).orElse(sources);
    }

    /** A specialist that compares or combines: each port takes another source, the one of its own name first. */
    private Feeding several(List<Port> required, List<Source> first, List<DraftStep> earlier, Chooser chooser) {
        Map<String, List<Source>> bound = new LinkedHashMap<>();
        List<Source> used = new ArrayList<>();
        for (Port port : required) {
            List<Source> fitting = new ArrayList<>(
                    port.equals(required.getFirst()) ? first : chooser.choose(port, views(port.getType(), earlier)));
            views(port.getType(), earlier).values().stream()
                    .filter(view -> !fitting.contains(view))
                    .forEach(fitting::add);
            fitting.removeAll(used);
            Optional<Source> named =
                    fitting.stream().filter(source -> named(source, port)).findFirst();
            Optional<Source> chosen = named.or(() -> fitting.stream().findFirst());
            if (chosen.isEmpty()) {
                return new Missing(port.getName(), port.getType());
            }
            bound.put(port.getName(), List.of(chosen.get()));
            used.add(chosen.get());
        }
        String iterated = required.stream()
                .filter(port -> port.getCardinality() != Port.Cardinality.MANY)
                .map(Port::getName)
                .filter(port -> bound.getOrDefault(port, List.of()).stream().anyMatch(Source::many))
                .findFirst()
                .orElse("");
        return new Fed(List.of(new Instance(bound, iterated)), insertedNow);
    }

    private static boolean named(Source source, Port port) {
        return source instanceof Source.OfTask task && task.input().getName().equalsIgnoreCase(port.getName());
    }

    private Instance instance(Contract contract, Port main, List<Source> sources) {
        Map<String, List<Source>> bound = new LinkedHashMap<>();
        bound.put(main.getName(), sources);
        for (Port port : contract.getInputsList()) {
            if (port.getOptional() && !port.equals(main)) {
                optional(port, sources).ifPresent(source -> bound.put(port.getName(), List.of(source)));
            }
        }
        boolean iterates = main.getCardinality() != Port.Cardinality.MANY
                && sources.getFirst().many();
        return new Instance(bound, iterates ? main.getName() : "");
    }

    /** An optional port is fed by the input of its own name, never by a guess. */
    private Optional<Source> optional(Port port, List<Source> taken) {
        boolean takesMany = port.getCardinality() == Port.Cardinality.MANY;
        return inputs.stream()
                .filter(input -> input.getName().equalsIgnoreCase(port.getName()))
                .filter(input -> types.isAssignable(input.getType(), port.getType()) && input.getMany() == takesMany)
                .<Source>map(Source.OfTask::new)
                .filter(source -> !taken.contains(source))
                .findFirst();
    }

    /**
     * For each input of the task what of it has the type: itself, or what an earlier step made of it.
     */
    private Map<InputDescription, Source> views(String type, List<DraftStep> earlier) {
        Map<InputDescription, Source> views = new LinkedHashMap<>();
        for (InputDescription input : inputs) {
            if (types.isAssignable(input.getType(), type)) {
                views.put(input, new Source.OfTask(input));
            } else {
                converted(input, type, earlier).ifPresent(source -> views.put(input, source));
            }
        }
        parts.flatMap(some -> takenApart(some, earlier)
                        .filter(source -> types.isAssignable(source.type(), type))
                        .or(() -> converted(some.described(), type, earlier)))
                .ifPresent(source -> views.put(parts.get().described(), source));
        return views;
    }

    private Optional<Source> converted(InputDescription input, String type, List<DraftStep> earlier) {
        List<DraftStep> all = new ArrayList<>(earlier);
        all.addAll(insertedNow);
        for (DraftStep step : all) {
            if (step.roots().equals(Set.of(input)) && step.condition().isEmpty()) {
                for (Port port : step.contract().getOutputsList()) {
                    if (fits(port, type) && !readsType(step, type)) {
                        return Optional.of(new Source.OfStep(step, port));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Source> takenApart(Parts some, List<DraftStep> earlier) {
        return Stream.concat(earlier.stream(), insertedNow.stream())
                .filter(step -> step.parts().isPresent() && step.condition().isEmpty())
                .<Source>map(step -> new Source.OfStep(step, some.gives()))
                .findFirst();
    }

    private Source takeApart(Parts some, List<DraftStep> earlier) {
        return takenApart(some, earlier).orElseGet(() -> {
            DraftStep step = completing(some.contract(), some.reads(), new Source.OfTask(some.whole()), "");
            step.takesApartInto(some.described());
            return new Source.OfStep(step, some.gives());
        });
    }

    private DraftStep completing(Contract contract, Port reads, Source source, String forEach) {
        DraftStep step = new DraftStep(
                ids.next(contract.getId()),
                contract,
                1,
                Map.of(reads.getName(), List.of(source)),
                forEach,
                List.of(),
                Optional.empty(),
                Purpose.COMPLETES);
        insertedNow.add(step);
        return step;
    }

    private boolean fits(Port port, String type) {
        return !port.getType().equals(SemanticTypes.ANY) && types.isAssignable(port.getType(), type);
    }

    private boolean readsType(DraftStep step, String type) {
        return step.contract().getInputsList().stream().anyMatch(port -> types.isAssignable(port.getType(), type));
    }

    /** Inserts the steps that make a type of an input, if there is a way. */
    Optional<Source> complete(InputDescription input, String type, List<DraftStep> earlier) {
        if (type.equals(SemanticTypes.ANY)) {
            return Optional.empty();
        }
        Optional<Source> known = converted(input, type, earlier);
        if (known.isPresent()) {
            return known;
        }
        Source at = parts.filter(some -> some.described().equals(input))
                .map(some -> takeApart(some, earlier))
                .orElseGet(() -> new Source.OfTask(input));
        if (types.isAssignable(at.type(), type)) {
            return Optional.of(at);
        }
        for (Completion.Link link : completion.chain(input.getType(), type)) {
            boolean gathers = link.reads().getCardinality() == Port.Cardinality.MANY;
            String forEach = at.many() && !gathers ? link.reads().getName() : "";
            DraftStep step = completing(link.contract(), link.reads(), at, forEach);
            at = new Source.OfStep(step, link.gives());
        }
        return at instanceof Source.OfStep ? Optional.of(at) : Optional.empty();
    }
}
