package dev.pinfactory.specialists.learning.evaluation;

import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.Metric;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures one specialist on files of one data set. Found by {@link java.util.ServiceLoader}. It reads and it counts; whoever runs it serves the
 * specialist and makes the calls, so that what is measured is what callers get.
 *
 * @param <G> what is known of an item
 */
public interface SpecialistEvaluation<G> {
    /** The name on the command line, such as "intent". */
    String specialist();

    /** Which of the specialist's label sets; empty for the one that is measured when none is named. */
    default String model() {
        return "";
    }

    /** The id on the card of what is served: "intent", or "intent-clinc150" for another label set. */
    default String contract() {
        return model().isEmpty() ? specialist() : specialist() + "-" + model();
    }

    /** The annotated class, where hosts do not serve it by themselves because no {@code Specialist.imports} names it. */
    default Optional<Class<?>> served() {
        return Optional.empty();
    }

    /** What a file looks like: a line of JSON with its gold, or the header of a CSV file. Shown where somebody gives another file. */
    String example();

    /**
     * Reads the items. A file without labels gives the same items, with the same requests, less their gold. Each item is asked for once, so a list of large
     * ones may make them as they are asked for.
     *
     * @throws DataException when a file is missing or wrong; the message names file, line and member
     */
    List<EvaluationItem<G>> read(EvaluationData data);

    /**
     * Counts. The report shows accuracies, F-scores, recall, precision and ROUGE in percent and everything else as it is; figures here are fractions.
     *
     * @param items all have gold; at least one
     * @return figures by name
     */
    Map<String, Metric> measure(List<EvaluatedItem<G>> items);

    /**
     * What whoever reads the figures should know besides, such as that the file has labels of another set. A line each; most often none.
     *
     * @param items those that were measured
     */
    default List<String> warnings(List<EvaluatedItem<G>> items) {
        return List.of();
    }

    /**
     * What the predictions file says of an answer, one line each. One request may answer several rows of the file: then there is a line for each row.
     */
    default List<Map<String, Object>> predictions(EvaluatedItem<G> item) {
        return List.of(item.answer().json());
    }
}
