package dev.pinfactory.orchestrator.merge;

import com.google.protobuf.Value;
import dev.pinfactory.proto.type.JsonPointer;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Evidence;
import dev.pinfactory.proto.v1.InputBinding;
import dev.pinfactory.proto.v1.PageBox;
import dev.pinfactory.proto.v1.SourceEvidence;
import dev.pinfactory.proto.v1.Span;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Leads evidence back, step by step, to the task's own inputs: through offset maps to the text that a text was derived from, through segments
 * to a place on a page, through leaf notes to what a field was read from. What can't be narrowed down stays the whole input.
 */
final class Lineage {
    /** A leaf that points at more places than this points at nothing in particular. */
    private static final int MAX_EVIDENCE = 32;

    /** Steps and sources visited for one leaf; a plan of 64 steps with 32 edges each could otherwise be walked in every way there is. */
    private static final int MAX_VISITS = 256;

    private final Wiring wiring;
    private final Map<Artifact, LeafNotes> notes;

    Lineage(Wiring wiring) {
        this.wiring = wiring;
        notes = new IdentityHashMap<>(wiring.size());
    }

    /** Where a leaf comes from, and the least confidence on the way there (1 where it comes from the task's inputs directly). */
    record Traced(List<SourceEvidence> evidence, double upstream) {}

    double confidence(Artifact artifact, JsonPointer leaf) {
        return notes(artifact).confidence(leaf);
    }

    Traced trace(String step, OptionalInt item, Artifact output, JsonPointer leaf) {
        Walk walk = new Walk();
        double upstream = walk.inputs(step, item, notes(output).evidence(leaf), "", List.of());
        return new Traced(walk.found, upstream);
    }

    private LeafNotes notes(Artifact artifact) {
        return notes.computeIfAbsent(artifact, LeafNotes::new);
    }

    /** What evidence points at within a spot. */
    private record Aim(Optional<Span> span, Optional<PageBox> place, String quote) {
        private static final Aim WHOLE = new Aim(Optional.empty(), Optional.empty(), "");

        static Aim of(Evidence evidence, String quote) {
            return new Aim(
                    evidence.hasSpan() ? Optional.of(evidence.getSpan()) : Optional.empty(),
                    evidence.hasPlace() ? Optional.of(evidence.getPlace()) : Optional.empty(),
                    quote);
        }
    }

    /** One walk from a leaf to the task's inputs. */
    private final class Walk {
        private final List<SourceEvidence> found = new ArrayList<>();
        private int visits;

        /** Follows a step's evidence into what was bound to its ports; none means all of them. */
        double inputs(String step, OptionalInt item, List<Evidence> evidence, String quote, List<String> via) {
            double least = 1;
            if (evidence.isEmpty()) {
                Aim whole = quote.isEmpty() ? Aim.WHOLE : new Aim(Optional.empty(), Optional.empty(), quote);
                for (InputBinding input : wiring.inputs(step)) {
                    for (Spot spot : wiring.spots(step, item, input.getPort())) {
                        least = Math.min(least, spot(spot, whole, via));
                    }
                }
                return least;
            }
            for (Evidence each : evidence) {
                List<Spot> spots = each.getInput().isEmpty() ? List.of() : spots(step, item, each);
                if (spots.isEmpty()) {
                    // It names an input that was not bound: all that is sure is that it came from this step's inputs.
                    least = Math.min(least, inputs(step, item, List.of(), quote, via));
                    continue;
                }
                Aim aim = spots.size() == 1 ? Aim.of(each, quote) : Aim.WHOLE;
                for (Spot spot : spots) {
                    least = Math.min(least, spot(spot, aim, via));
                }
            }
            return least;
        }

        private List<Spot> spots(String step, OptionalInt item, Evidence evidence) {
            if (wiring.isList(step, evidence.getInput())) {
                Optional<Spot> element = wiring.element(step, evidence.getInput(), evidence.getItem());
                if (element.isPresent()) {
                    return List.of(element.get());
                }
            }
            return wiring.spots(step, item, evidence.getInput());
        }

        private double spot(Spot spot, Aim aim, List<String> via) {
            if (++visits > MAX_VISITS) {
                return 1;
            }
            return switch (spot) {
                case Spot.OfTask task -> {
                    arrive(task, aim, via);
                    yield 1.0;
                }
                case Spot.OfStep step -> through(step, aim, via);
            };
        }

        private void arrive(Spot.OfTask spot, Aim aim, List<String> via) {
            SourceEvidence.Builder evidence =
                    SourceEvidence.newBuilder().setInput(spot.input()).addAllVia(via);
            spot.item().ifPresent(evidence::setItem);
            Optional<String> text = text(spot);
            Optional<String> words = text.flatMap(all -> aim.span.flatMap(span -> Texts.slice(all, span)));
            boolean inInputText = words.isPresent() && spot.pointer().isEmpty();
            if (inInputText) {
                Span span = aim.span.orElseThrow();
                evidence.setSpan(span);
                Texts.place(spot.artifact(), span).ifPresent(evidence::setPlace);
            }
            aim.place.ifPresent(evidence::setPlace);
            evidence.setQuote(Texts.quote(words.orElse(aim.quote)));
            SourceEvidence arrived = evidence.build();
            if (found.size() < MAX_EVIDENCE && !found.contains(arrived)) {
                found.add(arrived);
            }
        }

        private double through(Spot.OfStep spot, Aim aim, List<String> via) {
            List<String> further = new ArrayList<>(via);
            further.add(spot.step());
            JsonPointer leaf = JsonPointer.of(spot.pointer());
            Artifact artifact = spot.artifact();
            double own = notes(artifact).confidence(leaf);
            Optional<String> words = text(spot).flatMap(all -> aim.span.flatMap(span -> Texts.slice(all, span)));
            if (words.isPresent() && leaf.tokens().isEmpty()) {
                Optional<Span> source = Texts.toSource(artifact, aim.span.orElseThrow());
                Optional<PageBox> place = Texts.place(artifact, aim.span.orElseThrow());
                Optional<String> port =
                        source.isPresent() ? wiring.textPort(spot.step()) : wiring.firstPort(spot.step());
                if (port.isPresent() && (source.isPresent() || place.isPresent())) {
                    Aim onward = new Aim(source, source.isPresent() ? Optional.empty() : place, words.get());
                    return Math.min(own, port(spot, port.get(), onward, further));
                }
            }
            if (aim.place.isPresent()) {
                Optional<String> port = wiring.firstPort(spot.step());
                Aim onward = new Aim(Optional.empty(), aim.place, aim.quote);
                return port.isPresent() ? Math.min(own, port(spot, port.get(), onward, further)) : own;
            }
            String quote = words.orElse(aim.quote);
            List<Evidence> evidence = notes(artifact).evidence(leaf);
            return Math.min(own, inputs(spot.step(), spot.item(), evidence, quote, further));
        }

        private double port(Spot.OfStep from, String port, Aim aim, List<String> via) {
            double least = 1;
            for (Spot spot : wiring.spots(from.step(), from.item(), port)) {
                least = Math.min(least, spot(spot, aim, via));
            }
            return least;
        }
    }

    /** The text that stands at a spot, whether it is a text or a string within a JSON value. */
    private static Optional<String> text(Spot spot) {
        if (spot.artifact().hasText() && spot.pointer().isEmpty()) {
            return Optional.of(spot.artifact().getText());
        }
        if (!spot.artifact().hasJson()) {
            return Optional.empty();
        }
        return JsonPointer.of(spot.pointer())
                .in(spot.artifact().getJson())
                .filter(Value::hasStringValue)
                .map(Value::getStringValue);
    }
}
