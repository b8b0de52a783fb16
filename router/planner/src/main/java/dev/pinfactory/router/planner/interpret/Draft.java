package dev.pinfactory.router.planner.interpret;

import java.util.List;

/**
 * A run of tokens between two clause boundaries, not yet judged.
 *
 * @param marker how it hangs on its neighbours
 * @param separated a comma or conjunction stands before it
 */
record Draft(List<Token> tokens, Marker marker, int sentence, boolean separated, boolean question) {

    /** The word that ties a clause to its neighbours. */
    enum Marker {
        NONE,
        THEN,
        IF,
        UNLESS,
        OTHERWISE,
        IF_SO,
        BEFORE,
        AFTER,
        NOT
    }

    Draft {
        tokens = List.copyOf(tokens);
    }

    Token first() {
        return tokens.getFirst();
    }

    Draft joinedWith(Draft next) {
        List<Token> all = new java.util.ArrayList<>(tokens);
        all.addAll(next.tokens());
        return new Draft(all, marker == Marker.NONE ? next.marker() : marker, sentence, separated, next.question());
    }
}
