package dev.pinfactory.router.planner.bind;

import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.router.planner.interpret.Clause;
import dev.pinfactory.router.planner.interpret.FunctionWords;
import dev.pinfactory.router.planner.interpret.Interpretation;
import dev.pinfactory.router.planner.interpret.Token;
import dev.pinfactory.router.planner.interpret.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which inputs a clause speaks of: by the words of their names, by words that stand beside these elsewhere in the instruction ("an expense claim
 * e-mail" makes "e-mail" mean the input {@code claim}), or by their type where it is the only one of that type.
 */
public final class Mentions {
    private static final double BY_WHOLE_NAME = 2;
    private static final double BY_NAME = 1;
    private static final double BY_SHARED_NAME = 0.7;
    private static final double BY_TYPE = 0.5;
    private static final double BY_NEIGHBOUR = 0.4;

    private static final Pattern COUNT = Pattern.compile(
            "\\b(two|three|four|five|six|seven|eight|nine|ten)\\s+((?:\\p{L}+\\s+)?\\p{L}+s)\\b",
            Pattern.CASE_INSENSITIVE);

    private final List<InputDescription> inputs;
    private final Map<String, Set<String>> nameStems = new LinkedHashMap<>();
    private final Map<String, Set<String>> sharedStems = new LinkedHashMap<>();
    private final Map<String, Set<String>> neighbourStems = new LinkedHashMap<>();

    public Mentions(Interpretation interpretation, List<InputDescription> inputs) {
        this.inputs = inputs;
        for (InputDescription input : inputs) {
            nameStems.put(input.getName(), nameStems(input.getName()));
            sharedStems.put(input.getName(), nameStems(input.getName()));
        }
        dropSharedStems(nameStems);
        for (InputDescription input : inputs) {
            neighbourStems.put(input.getName(), neighbours(interpretation, nameStemsOf(input)));
        }
        dropSharedStems(neighbourStems);
    }

    /** The inputs that these words speak of; when some are named outright, only those. */
    public List<InputDescription> in(String words) {
        Set<String> stems = stems(withoutCounts(words));
        double best = 0;
        List<InputDescription> found = new ArrayList<>();
        for (InputDescription input : inputs) {
            double score = isNamedInFull(input, words) ? BY_WHOLE_NAME : score(input, stems);
            if (score > best) {
                found.clear();
                best = score;
            }
            if (score == best && best > 0) {
                found.add(input);
            }
        }
        return found;
    }

    /** "the two letters" counts the letters and is not letter two. */
    private static String withoutCounts(String words) {
        return COUNT.matcher(words).replaceAll("$2");
    }

    /** "report B" is the input report_b, whatever else has "report" in its name. */
    private static boolean isNamedInFull(InputDescription input, String words) {
        List<String> name = Words.split(input.getName());
        return name.size() > 1 && java.util.Collections.indexOfSubList(Words.split(words), name) >= 0;
    }

    private double score(InputDescription input, Set<String> stems) {
        if (nameStemsOf(input).stream().anyMatch(stems::contains)) {
            return BY_NAME;
        }
        // "the receipts" are all the inputs that are called so.
        if (sharedStems.getOrDefault(input.getName(), Set.of()).stream().anyMatch(stems::contains)) {
            return BY_SHARED_NAME;
        }
        boolean onlyOfItsType = inputs.stream()
                        .filter(other -> other.getType().equals(input.getType()))
                        .count()
                == 1;
        if (onlyOfItsType && inputs.size() > 1 && stems.contains(Words.stem(input.getType()))) {
            return BY_TYPE;
        }
        return neighbourStems.getOrDefault(input.getName(), Set.of()).stream().anyMatch(stems::contains)
                ? BY_NEIGHBOUR
                : 0;
    }

    /** The inputs whose names stand in what a specialist says of itself. */
    List<InputDescription> suiting(Contract contract, List<InputDescription> candidates) {
        Set<String> stems = stems(contract.getId() + " " + contract.getSummary() + " " + contract.getDescription());
        return candidates.stream()
                .filter(input -> nameStemsOf(input).stream().anyMatch(stems::contains))
                .toList();
    }

    private Set<String> nameStemsOf(InputDescription input) {
        return nameStems.getOrDefault(input.getName(), Set.of());
    }

    private static Set<String> nameStems(String name) {
        Set<String> stems = new LinkedHashSet<>();
        List<String> words = Words.split(name);
        for (String word : words) {
            if (word.length() > 1 && !word.chars().allMatch(Character::isDigit)) {
                stems.add(Words.stem(word));
            }
        }
        // "e-mail", "email": also as one word.
        stems.add(Words.stem(String.join("", words)));
        return stems;
    }

    private static Set<String> stems(String words) {
        Set<String> stems = new LinkedHashSet<>(Words.contentStems(words));
        for (String word : words.split("[\\s,;:.!?()]+")) {
            stems.add(Words.stem(word));
            stems.addAll(Words.contentStems(word));
            stems.add(Words.stem(String.join("", Words.split(word))));
        }
        stems.remove("");
        return stems;
    }

    /** Words that stand in one run of content words with a name of the input: nothing between them but hyphens and spaces. */
    private static Set<String> neighbours(Interpretation interpretation, Set<String> names) {
        Set<String> neighbours = new LinkedHashSet<>();
        List<Token> run = new ArrayList<>();
        List<Token> tokens = interpretation.tokens();
        for (int i = 0; i <= tokens.size(); i++) {
            boolean content = i < tokens.size()
                    && tokens.get(i).kind() == Token.Kind.WORD
                    && !FunctionWords.isFunctionWord(tokens.get(i).lower())
                    && !opensRequest(interpretation, tokens.get(i));
            if (content) {
                run.add(tokens.get(i));
                continue;
            }
            Set<String> stems = new LinkedHashSet<>();
            run.forEach(token -> stems.addAll(stems(token.text())));
            if (stems.stream().anyMatch(names::contains)) {
                neighbours.addAll(stems);
            }
            run.clear();
        }
        neighbours.removeAll(names);
        return neighbours;
    }

    private static boolean opensRequest(Interpretation interpretation, Token token) {
        return interpretation.clauses().stream()
                .anyMatch(clause -> clause.kind() == Clause.Kind.REQUEST && clause.start() == token.start());
    }

    /** A word that several inputs share says nothing about which one is meant. */
    private static void dropSharedStems(Map<String, Set<String>> stems) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        stems.values().forEach(set -> set.forEach(stem -> counts.merge(stem, 1, Integer::sum)));
        Set<String> shared = new LinkedHashSet<>();
        counts.forEach((stem, count) -> {
            if (count > 1) {
                shared.add(stem);
            }
        });
        stems.values().forEach(set -> {
            if (!shared.containsAll(set)) {
                set.removeAll(shared);
            }
        });
    }
}
