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
    private static final Set<String> INSTEAD = Set.of("only", "just", "but", "rather", "instead", "simply");
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
                        clauses.add(under(phrase, clauses.remove(condition - 1)));
                    }
                }
                case OTHERWISE -> {
                    current = last == null ? null : last.inverted();
                    clauses.add(under(current, clause(instruction, draft, kind(draft))));
                }
                case IF_SO -> {
                    current = last;
                    clauses.add(under(current, clause(instruction, draft, kind(draft))));
                }
                case BEFORE -> {
                    Clause later = clause(instruction, draft, timeKind(draft)).asSequential();
                    if (draft.separated() && mainFollows) {
                        beforeThis = later;
                    } else {
                        clauses.add(under(current, later));
                    }
                }
                case AFTER -> {
                    Clause earlier = clause(instruction, draft, timeKind(draft));
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
                    Optional<ConditionPhrase> question = asked(instruction, draft);
                    last = question.isPresent() ? question.get() : last;
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
        askTogether(instruction, clauses);
        return clauses;
    }

    /** What "and" joins to an imperative is one too, though its verb is more often a noun: "Forecast next month's sales and condense the report". */
    private static void askTogether(String instruction, List<Clause> clauses) {
        for (int i = 0; i + 1 < clauses.size(); i++) {
            Clause clause = clauses.get(i);
            Clause next = clauses.get(i + 1);
            if (clause.asks() && next.asks() && isWhatAbout(next)) {
                // "Is the first one long? And what about the second?" asks the same again.
                clauses.set(i + 1, next.withLead(clause.text()));
                continue;
            }
            boolean instead = clause.negated()
                    && next.kind() == Clause.Kind.STATEMENT
                    && clause.sentence() == next.sentence()
                    && next.start() >= clause.end()
                    && Tokenizer.tokens(instruction.substring(clause.end(), next.start())).stream()
                            .anyMatch(token -> INSTEAD.contains(token.lower()));
            if (instead) {
                clauses.set(i + 1, next.asRequest());
                continue;
            }
            boolean joined = clause.sentence() == next.sentence()
                    && next.kind() == Clause.Kind.REQUEST
                    && clause.end() <= next.start()
                    && Tokenizer.tokens(instruction.substring(clause.end(), next.start())).stream()
                            .anyMatch(token -> token.is("and"));
            if (joined && clause.kind() == Clause.Kind.STATEMENT && mayBeVerb(clause)) {
                clauses.set(i, clause.asRequest());
            }
        }
    }

    private static boolean isWhatAbout(Clause clause) {
        List<Token> tokens = Tokenizer.tokens(clause.text());
        return tokens.size() > 2
                && (tokens.getFirst().is("what") || tokens.getFirst().is("how"))
                && tokens.get(1).is("about");
    }

    private static boolean mayBeVerb(Clause clause) {
        List<Token> tokens = Tokenizer.tokens(clause.text());
        String first = tokens.getFirst().lower();
        boolean inflected = first.endsWith("s") || first.endsWith("ed") || first.endsWith("ing");
        return tokens.size() > 1
                && tokens.getFirst().kind() == Token.Kind.WORD
                && !inflected
                && !FunctionWords.isFunctionWord(first)
                && !FunctionWords.COURTESIES.contains(first);
    }

    /** What a question for yes or no leaves open, for the "if so" after it. */
    private static Optional<ConditionPhrase> asked(String instruction, Draft draft) {
        List<Token> tokens = draft.tokens();
        int from = draft.question() && Clause.isPolarQuestion(tokens) ? 0 : -1;
        for (int i = 1; i + 1 < tokens.size() && from < 0; i++) {
            from = tokens.get(i).is("whether") || tokens.get(i).is("if") ? i + 1 : from;
        }
        if (from < 0) {
            return Optional.empty();
        }
        int start = tokens.get(from).start();
        int end = lastWord(draft).end();
        return Optional.of(new ConditionPhrase(instruction.substring(start, end), start, end, false));
    }

    /** "before sending it" asks for it; "before I send it" tells of what somebody else does; "once it is sent" may be either. */
    private static Clause.Kind timeKind(Draft draft) {
        String first = draft.first().lower();
        if (FunctionWords.DETERMINERS.contains(first) || first.equals("it") || first.equals("they")) {
            return draft.marker() == Marker.AFTER ? Clause.Kind.DONE_BEFORE : Clause.Kind.STATEMENT;
        }
        return FunctionWords.SUBJECT_PRONOUNS.contains(first) ? Clause.Kind.STATEMENT : Clause.Kind.REQUEST;
    }

    private static Clause under(@Nullable ConditionPhrase condition, Clause clause) {
        if (condition == null) {
            return clause;
        }
        // "Don't do it unless it is short": do it if it is.
        return clause.negated() && condition.negated()
                ? clause.asRequest().withCondition(condition.inverted())
                : clause.withCondition(condition);
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
                "",
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
                || token.is("only")
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
            boolean wondered = FunctionWords.NEGATORS.contains(word)
                    && i + 1 < tokens.size()
                    && i > 0
                    && FunctionWords.UNKNOWING.contains(tokens.get(i + 1).lower());
            if (wondered) {
                return -1;
            }
            if (FunctionWords.NEGATORS.contains(word) || i <= 1 && FunctionWords.NEGATIVE_VERBS.contains(word)) {
                return i;
            }
            if (word.equals("no") && i + 1 < tokens.size()) {
                return tokens.get(i + 1).is("need") ? i + 1 : i;
            }
            if (i == 0 && Verbs.leavesOut(tokens)) {
                return 0;
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
        if (FunctionWords.COURTESIES.contains(first)) {
            return Clause.Kind.STATEMENT;
        }
        boolean wish = tokens.stream().anyMatch(token -> WISHES.contains(token.lower()) || token.is("please"))
                || wonders(tokens);
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

    /** "I don't understand what he wants" asks to be told. */
    private static boolean wonders(List<Token> tokens) {
        for (int i = 1; i + 1 < tokens.size() && i <= NEGATOR_AT_MOST_AT; i++) {
            boolean not = FunctionWords.NEGATORS.contains(tokens.get(i).lower());
            if (not && FunctionWords.UNKNOWING.contains(tokens.get(i + 1).lower())) {
                return tokens.stream()
                        .skip(i + 2L)
                        .anyMatch(token -> FunctionWords.QUESTION_WORDS.contains(token.lower()) || token.is("if"));
            }
        }
        return false;
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
