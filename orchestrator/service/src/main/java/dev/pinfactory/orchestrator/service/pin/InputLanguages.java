package dev.pinfactory.orchestrator.service.pin;

import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.InputBinding;
import dev.pinfactory.proto.v1.PinnedPlan;
import dev.pinfactory.proto.v1.Step;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The declared languages of the inputs, which go along a plan's bindings: what a step makes of a German text counts as German. */
final class InputLanguages {
    private final Map<String, String> inputs = new HashMap<>();
    private final Map<String, Step> steps = new HashMap<>();
    private final Map<String, Set<String>> reaching = new HashMap<>();

    private InputLanguages() {}

    static InputLanguages of(PinnedPlan pinned) {
        InputLanguages languages = new InputLanguages();
        pinned.getInputsList().forEach(input -> languages.inputs.put(input.getName(), input.getLanguage()));
        pinned.getPlan().getStepsList().forEach(step -> languages.steps.put(step.getId(), step));
        return languages;
    }

    /** In which a step gets its inputs; nothing for one whose language nobody declares. */
    Set<String> reaching(Step step) {
        Set<String> known = reaching.get(step.getId());
        if (known != null) {
            return known;
        }
        Set<String> all = new TreeSet<>();
        for (InputBinding input : step.getInputsList()) {
            for (Binding source : input.getSourcesList()) {
                all.addAll(of(source));
            }
        }
        reaching.put(step.getId(), all);
        return all;
    }

    private Set<String> of(Binding source) {
        return switch (source.getSourceCase()) {
            case TASK_INPUT -> {
                String language = inputs.getOrDefault(source.getTaskInput().getName(), "");
                yield language.isEmpty() ? Set.of() : Set.of(language);
            }
            case STEP_OUTPUT -> {
                Step before = steps.get(source.getStepOutput().getStep());
                yield before == null ? Set.of() : reaching(before);
            }
            case INSTRUCTION, PARAMETER_DEFAULT, SOURCE_NOT_SET -> Set.of();
        };
    }
}
