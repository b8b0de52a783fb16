package dev.pinfactory.orchestrator.service.impact;

import dev.pinfactory.proto.v1.PlanChange;
import dev.pinfactory.proto.v1.PlanRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What is to be planned without the card and with it, and who wants to know. The same request is planned once, whoever asks. */
final class Questions {
    private final Map<PlanRequest, List<Consumer<PlanChange>>> asked = new LinkedHashMap<>();

    void ask(PlanRequest request, Consumer<PlanChange> answer) {
        asked.computeIfAbsent(request, none -> new ArrayList<>()).add(answer);
    }

    int size() {
        return asked.size();
    }

    List<PlanRequest> requests() {
        return List.copyOf(asked.keySet());
    }

    void answer(PlanRequest request, PlanChange change) {
        asked.getOrDefault(request, List.of()).forEach(one -> one.accept(change));
    }
}
