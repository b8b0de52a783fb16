package dev.pinfactory.router.models.evaluation;

import java.util.List;

/** One line of a predictions file. */
record Prediction(String id, List<Node> nodes, List<List<String>> links, double confidence, boolean refused) {

    /** One use of a tool. */
    record Node(String tool, List<String> args) {}

    /** A refused request lists its best guess only where that was asked for. */
    static Prediction of(Scored scored) {
        List<Node> nodes = scored.sketch().uses().stream()
                .map(use -> new Node(use.contract().getId(), use.values()))
                .toList();
        List<List<String>> links = scored.sketch().links().stream()
                .map(link -> List.of(link.from(), link.to()))
                .toList();
        return new Prediction(
                scored.request().id(),
                scored.answered() ? nodes : List.of(),
                scored.answered() ? links : List.of(),
                scored.sketch().confidence(),
                scored.sketch().refused());
    }
}
