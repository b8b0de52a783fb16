package dev.pinfactory.router.planner.interpret;

import dev.pinfactory.router.planner.interpret.Draft.Marker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an instruction: cuts it into clauses, then says of each what it does, under which condition, and after which other. */
public final class Interpreter {
    /** More clauses than a plan may have steps; what comes after is not read. */
    private static final int MAX_CLAUSES = 64;

    private static final Set<String> WISHES =
            Set.of("want", "need", "like", "looking", "wish", "love", "i'd", "hope", "require");
    private static final int NEGATOR_AT_MOST_AT = 4;

    private final Verbs verbs;
    private final ClauseSplitter splitter;

    public Interpreter(VerbLexicon lexicon) {
        this.verbs = new Verbs(lexicon);
        this.splitter = new ClauseSplitter(verbs);
    }

    public Interpretation interpret(String instruction) {
        List<Token> tokens = Tokenizer.tokens(instruction);
        List<Draft> drafts = mergeFragments(splitter.split(tokens));
        return new Interpretation(instruction, tokens, assemble(instruction, drafts));
    }

    /** "For each mail, find …" and "from the second one, read …" are one clause: a phrase without a verb belongs to what follows. */
    private List<Draft> mergeFragments(List<Draft> drafts) {
        List<Draft> merged = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            Draft draft = drafts.get(i);
            while (i + 1 < drafts.size()
                    && isFragment(draft)
                    && drafts.get(i + 1).sentence() == draft.sentence()
                    && drafts.get(i + 1).marker() == Marker.NONE) {
                draft = draft.joinedWith(drafts.get(++i));
            }
            merged.add(draft);
        }
        return merged;
    }

    private boolean isFragment(Draft draft) {
        return draft.marker() == Marker.NONE
                && FunctionWords.PREPOSITIONS.contains(draft.first().lower());
    }

    private List<Clause> assemble(String instruction, List<Draft> drafts) {
        List<Clause> clauses = new ArrayList<>();
        @Nullable ConditionPhrase current = null;
        @Nullable ConditionPhrase last = null;
        @Nullable Clause beforeThis = null;
        int sentence = -1;
        for (int i = 0; i < drafts.size() && clauses.size() < MAX_CLAUSES; i++) {
            Draft draft = drafts.get(i);
            if (draft.sentence() != sentence) {
                sentence = draft.sentence();
                current = null;
            }
            boolean mainFollows = i + 1 < drafts.size() && drafts.get(i + 1).sentence() == sentence;
            switch (draft.marker()) {
                case IF, UNLESS -> {
                    ConditionPhrase phrase = condition(instruction, draft);
                    last = phrase;
                    int condition = clauses.size();
                    clauses.add(clause(instruction, draft, Clause.Kind.CONDITION));
                    if (draft.separated() && mainFollows) {
                        current = phrase;
                    } else if (condition > 0) {
                        Clause main = clauses.remove(condition - 1).withCondition(phrase);
                        clauses.add(main);
                    }
                }
                case OTHERWISE -> {
                    current = last == null ? null : last.inverted();
                    clauses.add(under(current, clause(instruction, draft, kind(draft))));
                }
                case BEFORE -> {
                    Clause later =
                            clause(instruction, draft, Clause.Kind.REQUEST).asSequential();
                    if (draft.separated() && mainFollows) {
                        beforeThis = later;
                    } else {
                        clauses.add(under(current, later));
                    }
                }
                case AFTER -> {
                    Clause earlier = clause(instruction, draft, Clause.Kind.REQUEST);
                    if (draft.separated() && mainFollows || clauses.isEmpty()) {
                        clauses.add(under(current, earlier));
                    } else {
                        Clause main = clauses.removeLast();
                        clauses.add(under(current, earlier));
                        clauses.add(main.asSequential());
                    }
                }
                case NONE, THEN, NOT -> {
                    Clause clause = under(current, clause(instruction, draft, kind(draft)));
                    clauses.add(i > 0 && drafts.get(i - 1).marker() == Marker.AFTER ? clause.asSequential() : clause);
                    if (beforeThis != null) {
                        clauses.add(beforeThis);
                        beforeThis = null;
                    }
                }
            }
        }
        if (beforeThis != null) {
            clauses.add(beforeThis);
        }
        return clauses;
    }

    private static Clause under(@Nullable ConditionPhrase condition, Clause clause) {
        return condition == null ? clause : clause.withCondition(condition);
    }

    private static ConditionPhrase condition(String instruction, Draft draft) {
        boolean not = draft.tokens().stream()
                .limit(NEGATOR_AT_MOST_AT + 1)
                .anyMatch(token -> FunctionWords.NEGATORS.contains(token.lower())
                        || token.lower().endsWith("n't"));
        int start = draft.first().start();
        int end = lastWord(draft).end();
        return new ConditionPhrase(
                instruction.substring(start, end), start, end, not != (draft.marker() == Marker.UNLESS));
    }

    private Clause clause(String instruction, Draft draft, Clause.Kind kind) {
        int body = 0;
        while (body < draft.tokens().size() - 1 && isLead(draft.tokens().get(body))) {
            body++;
        }
        int start = draft.tokens().get(body).start();
        int end = lastWord(draft).end();
        int negator = draft.marker() == Marker.NOT ? 0 : negator(draft);
        boolean negated = kind != Clause.Kind.CONDITION && (draft.marker() == Marker.NOT || negator >= 0);
        int textStart = negated && negator >= 0 && draft.marker() != Marker.NOT ? afterNegation(draft, negator) : start;
        boolean each = draft.tokens().stream().anyMatch(token -> FunctionWords.EACH.contains(token.lower()));
        String text = instruction.substring(Math.min(textStart, end), end);
        return new Clause(
                text,
                text,
                start,
                end,
                kind,
                draft.sentence(),
                negated,
                draft.marker() == Marker.THEN,
                each,
                Optional.empty());
    }

    private static boolean isLead(Token token) {
        return token.kind() == Token.Kind.PUNCTUATION
                || FunctionWords.POLITE.contains(token.lower())
                || FunctionWords.ORDER_FIRST.contains(token.lower());
    }

    private static Token lastWord(Draft draft) {
        List<Token> tokens = draft.tokens();
        int last = tokens.size() - 1;
        while (last > 0 && tokens.get(last).kind() == Token.Kind.PUNCTUATION) {
            last--;
        }
        return tokens.get(last);
    }

    /** Index of the negating word near the clause's start, or -1. A question is not negated by a "not" in it. */
    private int negator(Draft draft) {
        List<Token> tokens = draft.tokens();
        if (draft.question()
                || FunctionWords.QUESTION_WORDS.contains(draft.first().lower())) {
            return -1;
        }
        for (int i = 0; i < Math.min(tokens.size(), NEGATOR_AT_MOST_AT); i++) {
            String word = tokens.get(i).lower();
            if (FunctionWords.NEGATORS.contains(word) || i <= 1 && FunctionWords.NEGATIVE_VERBS.contains(word)) {
                return i;
            }
            if (word.equals("no") && i + 1 < tokens.size() && tokens.get(i + 1).is("need")) {
                return i + 1;
            }
            if (i > 0 && verbs.isImperative(tokens, i)) {
                return -1;
            }
        }
        return -1;
    }

    private static int afterNegation(Draft draft, int negator) {
        List<Token> tokens = draft.tokens();
        int body = Math.min(negator + 1, tokens.size() - 1);
        while (body < tokens.size() - 1
                && (tokens.get(body).is("to")
                        || tokens.get(body).is("for")
                        || WISHES.contains(tokens.get(body).lower())
                        || FunctionWords.OBJECT_PRONOUNS.contains(
                                        tokens.get(body).lower())
                                && tokens.get(body + 1).is("to"))) {
            body++;
        }
        return tokens.get(body).start();
    }

    private Clause.Kind kind(Draft draft) {
        List<Token> tokens = draft.tokens();
        int body = 0;
        while (body < tokens.size() - 1 && isLead(tokens.get(body))) {
            body++;
        }
        if (draft.question() || draft.marker() == Marker.NOT || negator(draft) >= 0) {
            return Clause.Kind.REQUEST;
        }
        String first = tokens.get(body).lower();
        boolean wish = tokens.stream().anyMatch(token -> WISHES.contains(token.lower()) || token.is("please"));
        if (FunctionWords.SUBJECT_PRONOUNS.contains(first)) {
            boolean obliges = first.equals("you")
                    && body + 1 < tokens.size()
                    && !tokens.get(body + 1).is("are");
            return wish || obliges ? Clause.Kind.REQUEST : Clause.Kind.STATEMENT;
        }
        boolean asks = wish
                || verbs.opensClause(tokens, body)
                || verbs.mayBeImperative(tokens, body)
                || FunctionWords.QUESTION_WORDS.contains(first);
        return asks ? Clause.Kind.REQUEST : fragmentKind(tokens);
    }

    /** "For each mail, find the sender" asks too: its verb comes after the phrase. */
    private Clause.Kind fragmentKind(List<Token> tokens) {
        for (int i = 1; i < tokens.size(); i++) {
            boolean objectFollows = i + 1 < tokens.size()
                    && FunctionWords.opensObject(tokens.get(i + 1).lower());
            boolean verb = tokens.get(i - 1).is(",") || objectFollows && verbs.isVerb(tokens.get(i));
            if (verb && verbs.isImperative(tokens, i)) {
                return Clause.Kind.REQUEST;
            }
        }
        return Clause.Kind.STATEMENT;
    }
}
