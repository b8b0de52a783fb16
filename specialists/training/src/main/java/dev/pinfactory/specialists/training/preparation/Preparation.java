package dev.pinfactory.specialists.training.preparation;

import dev.pinfactory.specialists.training.preparation.Prepared.Reason;
import dev.pinfactory.specialists.training.store.Example;
import dev.pinfactory.specialists.training.store.Origin;
import dev.pinfactory.specialists.workshop.data.Duplicates;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Makes a data set. Each text is learnt from once: as it was said last, with the label that most people give it, whose word counts more than that of the first data.
 * What the benchmark asks is not learnt, nor what is nearly the same. The same examples and settings give the same data set; an example that is held stays held as
 * long as it is in the recent window, whatever else comes.
 */
public final class Preparation {
    private static final int PARTS = 10_000;

    private final PreparationSettings settings;
    private final Map<Reason, Integer> leftOut = new EnumMap<>(Reason.class);

    private Preparation(PreparationSettings settings) {
        this.settings = settings;
    }

    /** @param examples in the order in which they came */
    public static Prepared of(List<Example> examples, List<Example> benchmark, PreparationSettings settings) {
        return new Preparation(settings).prepare(examples, benchmark);
    }

    private Prepared prepare(List<Example> examples, List<Example> benchmark) {
        List<Example> agreed = agreed(examples);
        int[] groups = Duplicates.groups(Stream.concat(benchmark.stream(), agreed.stream())
                .map(Example::text)
                .toList());
        List<Example> once = once(agreed, groups, benchmark.size());
        Set<Long> held = held(once);
        List<Example> learnt = frequent(kept(once, example -> !held.contains(example.id())));
        return new Prepared(learnt, kept(once, example -> held.contains(example.id())), leftOut);
    }

    /** Of each text the last example with the label that counts. */
    private List<Example> agreed(List<Example> examples) {
        Map<String, List<Example>> byText = new LinkedHashMap<>();
        examples.forEach(example -> byText.computeIfAbsent(folded(example.text()), text -> new ArrayList<>())
                .add(example));
        return byText.values().stream()
                .map(this::agreedOf)
                .flatMap(Collection::stream)
                .sorted(Comparator.comparingLong(Example::id))
                .toList();
    }

    private List<Example> agreedOf(List<Example> same) {
        List<Example> voters = same.stream().anyMatch(Preparation::isLater) ? kept(same, Preparation::isLater) : same;
        Map<String, Long> votes = voters.stream().collect(Collectors.groupingBy(Example::label, Collectors.counting()));
        long most = votes.values().stream().mapToLong(Long::longValue).max().orElse(0);
        List<String> winners = votes.entrySet().stream()
                .filter(vote -> vote.getValue() == most)
                .map(Map.Entry::getKey)
                .toList();
        if (winners.size() > 1) {
            leaveOut(Reason.CONTRADICTED, same.size());
            return List.of();
        }
        List<Example> right = kept(same, example -> example.label().equals(winners.getFirst()));
        leaveOut(Reason.OUTVOTED, same.size() - right.size());
        leaveOut(Reason.DUPLICATE, right.size() - 1);
        return List.of(right.getLast());
    }

    private static boolean isLater(Example example) {
        return example.origin() != Origin.BASE;
    }

    /** Of texts that are nearly the same, the last of each label: a word may make the difference. */
    private List<Example> once(List<Example> agreed, int[] groups, int benchmark) {
        Set<Integer> asked = new HashSet<>();
        for (int i = 0; i < benchmark; i++) {
            asked.add(groups[i]);
        }
        Map<String, Example> last = new HashMap<>();
        for (int i = 0; i < agreed.size(); i++) {
            Example example = agreed.get(i);
            int group = groups[benchmark + i];
            if (asked.contains(group)) {
                leaveOut(Reason.IN_BENCHMARK, 1);
            } else if (last.put(group + " " + example.label(), example) != null) {
                leaveOut(Reason.DUPLICATE, 1);
            }
        }
        return last.values().stream()
                .sorted(Comparator.comparingLong(Example::id))
                .toList();
    }

    private Set<Long> held(List<Example> once) {
        List<Example> later = kept(once, Preparation::isLater);
        return later.stream()
                .skip(Math.max(0, later.size() - settings.recent()))
                .filter(example -> part(example.text()) < settings.heldShare() * PARTS)
                .map(Example::id)
                .collect(Collectors.toSet());
    }

    /** Where a text falls among 10,000 parts: by itself, so that it falls there again. */
    private static long part(String text) {
        CRC32 sum = new CRC32();
        sum.update(folded(text).getBytes(StandardCharsets.UTF_8));
        return sum.getValue() % PARTS;
    }

    private List<Example> frequent(List<Example> examples) {
        Map<String, Long> counts =
                examples.stream().collect(Collectors.groupingBy(Example::label, Collectors.counting()));
        List<Example> frequent =
                kept(examples, example -> counts.getOrDefault(example.label(), 0L) >= settings.leastOfLabel());
        leaveOut(Reason.RARE_LABEL, examples.size() - frequent.size());
        return frequent;
    }

    /** Texts that differ in case and blanks alone are the same. */
    private static String folded(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").strip();
    }

    private static List<Example> kept(List<Example> examples, Predicate<Example> what) {
        return examples.stream().filter(what).toList();
    }

    private void leaveOut(Reason reason, int examples) {
        if (examples > 0) {
            leftOut.merge(reason, examples, Integer::sum);
        }
    }
}
