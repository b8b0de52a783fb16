package dev.pinfactory.router.planner.interpret;

/** What training text says of words: whether they are used as verbs, and how much they tell. */
public interface VerbLexicon {

    /** Share of the word's uses that were verbs, 0..1; negative when the word was never seen. */
    double verbShare(String word);

    /** How much the word tells of what is wanted, 0 (used with everything: "take", "use") to 1 (says it all); 1 when it was never seen. */
    double specificity(String word);
}
