package dev.pinfactory.specialists.pii;

import dev.pinfactory.specialists.learning.Bootstrap;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.sequence.SequenceModel;
import dev.pinfactory.specialists.learning.sequence.Token;
import dev.pinfactory.specialists.learning.sequence.Tokenizer;
import dev.pinfactory.specialists.pii.LabelledText.Gold;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Token-level figures ask whether a word or number is personal data at all, whatever its type; span-level ones, in all and of each type, want start, end and type right. Intervals are
 * drawn by template, because texts of one template are right or wrong together.
 */
final class PiiScores {
    /** What was right, what was found, what was there. */
    private record Counts(int right, int found, int there) {
        Counts plus(Counts other) {
            return new Counts(right + other.right, found + other.found, there + other.there);
        }

        double precision() {
            return found == 0 ? 0 : (double) right / found;
        }

        double recall() {
            return there == 0 ? 0 : (double) right / there;
        }

        double f(double beta) {
            double weight = beta * beta;
            double both = weight * there + found;
            // Where nothing is to be found and nothing was found, nothing is wrong.
            return both == 0 ? 1 : (1 + weight) * right / both;
        }
    }

    private record Scored(Counts tokens, Set<Gold> there, Set<Gold> found) {
        Counts spans(Predicate<Gold> which) {
            Set<Gold> right = new HashSet<>(there);
            right.retainAll(found);
            return new Counts(count(right, which), count(found, which), count(there, which));
        }

        private static int count(Set<Gold> spans, Predicate<Gold> which) {
            return (int) spans.stream().filter(which).count();
        }
    }

    private PiiScores() {}

    /** A text and what was found in it. */
    record Case(LabelledText text, Set<Gold> found) {
        Case {
            found = Set.copyOf(found);
        }
    }

    static Map<String, Metric> of(SequenceModel model, List<LabelledText> texts) {
        PiiFinder finder = new PiiFinder(model);
        return of(texts.stream()
                .map(text -> new Case(
                        text,
                        finder.find(text.text()).stream()
                                .map(datum -> new Gold(datum.type(), datum.start(), datum.end()))
                                .collect(Collectors.toSet())))
                .toList());
    }

    static Map<String, Metric> of(List<Case> cases) {
        Map<String, List<Scored>> byGroup = new LinkedHashMap<>();
        Set<String> types = new TreeSet<>();
        for (Case one : cases) {
            LabelledText text = one.text();
            byGroup.computeIfAbsent(text.group(), group -> new ArrayList<>()).add(score(text, one.found()));
            text.spans().forEach(span -> types.add(span.type()));
        }
        List<List<Scored>> groups = List.copyOf(byGroup.values());
        Map<String, Metric> metrics = new LinkedHashMap<>();
        List<Counts> tokens = groups.stream()
                .map(group -> sum(group.stream().map(Scored::tokens).toList()))
                .toList();
        put(metrics, "token_recall", tokens, Counts::recall);
        put(metrics, "token_precision", tokens, Counts::precision);
        put(metrics, "token_f2", tokens, counts -> counts.f(2));
        put(metrics, "span_f1", spans(groups, span -> true), counts -> counts.f(1));
        for (String type : types) {
            List<Counts> counts = spans(groups, span -> span.type().equals(type));
            String prefix = type.toLowerCase(Locale.ROOT);
            int there = counts.stream().mapToInt(Counts::there).sum();
            put(metrics, prefix + "_recall", there, counts, Counts::recall);
            put(metrics, prefix + "_precision", there, counts, Counts::precision);
            put(metrics, prefix + "_f2", there, counts, one -> one.f(2));
            put(metrics, prefix + "_f1", there, counts, one -> one.f(1));
        }
        return metrics;
    }

    private static Scored score(LabelledText text, Set<Gold> found) {
        Counts counts = new Counts(0, 0, 0);
        for (Token token : Tokenizer.tokenize(text.text())) {
            if (Character.isLetterOrDigit(token.text().codePointAt(0))) {
                boolean there = covers(text.spans(), token);
                boolean hit = covers(found, token);
                counts = counts.plus(new Counts(there && hit ? 1 : 0, hit ? 1 : 0, there ? 1 : 0));
            }
        }
        return new Scored(counts, new LinkedHashSet<>(text.spans()), found);
    }

    private static boolean covers(Iterable<Gold> spans, Token token) {
        for (Gold span : spans) {
            if (span.start() < token.end() && token.start() < span.end()) {
                return true;
            }
        }
        return false;
    }

    private static List<Counts> spans(List<List<Scored>> groups, Predicate<Gold> which) {
        return groups.stream()
                .map(group -> sum(group.stream().map(one -> one.spans(which)).toList()))
                .toList();
    }

    private static Counts sum(List<Counts> counts) {
        return counts.stream().reduce(new Counts(0, 0, 0), Counts::plus);
    }

    /** As below, said to be of so many data. */
    private static void put(
            Map<String, Metric> metrics, String name, int n, List<Counts> groups, ToDoubleFunction<Counts> figure) {
        put(metrics, name, groups, figure);
        metrics.computeIfPresent(name, (key, one) -> new Metric(key, one.value(), one.low(), one.high(), n));
    }

    private static void put(
            Map<String, Metric> metrics, String name, List<Counts> groups, ToDoubleFunction<Counts> figure) {
        metrics.put(name, Bootstrap.measure(name, groups.size(), draw -> {
            Counts total = new Counts(0, 0, 0);
            for (int i : draw) {
                total = total.plus(groups.get(i));
            }
            return figure.applyAsDouble(total);
        }));
    }
}
