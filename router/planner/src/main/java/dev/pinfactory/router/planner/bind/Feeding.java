package dev.pinfactory.router.planner.bind;

import java.util.List;
import java.util.Map;

/** Whether and how a specialist can be fed. */
sealed interface Feeding {

    /**
     * It can.
     *
     * @param instances one step each
     * @param inserted steps that have to run before, in order
     */
    record Fed(List<Instance> instances, List<DraftStep> inserted) implements Feeding {
        public Fed {
            instances = List.copyOf(instances);
            inserted = List.copyOf(inserted);
        }
    }

    /** Nothing fits an input port. */
    record Missing(String port, String type) implements Feeding {}

    /**
     * The inputs of one step.
     *
     * @param forEach the port that is iterated, or empty
     */
    record Instance(Map<String, List<Source>> inputs, String forEach) {}
}
