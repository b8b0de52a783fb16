package dev.pinfactory.specialists.workshop.training;

import dev.pinfactory.proto.plan.TaskShape;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Parameter;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.specialists.workshop.serving.ArtifactType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A first card, out of the names of the specialist, its column and its labels. It routes plain requests; whoever knows what people ask edits it.
 *
 * @param summary the user's own; empty to draft one
 * @param examples the user's own; empty to draft some
 */
public record CardDraft(Job job, Outcome outcome, Optional<String> summary, List<String> examples) {
    private static final int LONGEST_SUMMARY = 190;
    private static final int SHOWN_WORDS = 60;
    private static final int LONGEST_WORD = 60;
    private static final int SHOWN_COLUMNS = 30;

    public CardDraft {
        examples = List.copyOf(examples);
    }

    public Contract contract() {
        ArtifactType type = outcome.type();
        Contract.Builder contract = Contract.newBuilder()
                .setId(job.name())
                .setCapability(job.task().word() + "." + job.name().replace('/', '.'))
                .setSummary(summary.orElseGet(this::draftSummary))
                .setDescription(description())
                .addAllExamples(examples.isEmpty() ? draftExamples() : examples)
                .addInputs(port(type.input(), type.inputType(), inputDescription()).toBuilder()
                        .addAllColumns(columns()))
                .addOutputs(port(type.output(), type.outputType(), outputDescription()))
                .addAcceptsDataClasses("*")
                .setKind(Contract.Kind.MODEL)
                .setIdempotent(true);
        if (type == ArtifactType.FORECAST) {
            contract.addParameters(Parameter.newBuilder()
                    .setName("horizon")
                    .setKind(Parameter.Kind.INTEGER)
                    .setDefaultValue(outcome.parameters().get("horizon"))
                    .setDescription("How many values to forecast."));
        }
        return contract.build();
    }

    private Port port(String name, String type, String description) {
        boolean many = type.equals(SemanticTypes.SERIES);
        return Port.newBuilder()
                .setName(name)
                .setType(type)
                .setCardinality(many ? Port.Cardinality.MANY : Port.Cardinality.ONE)
                .setDescription(description)
                .build();
    }

    /** Of a table, or of series their names: those that were learnt from, for the calls to be timed have them all. */
    private List<String> columns() {
        return outcome.inputs().isEmpty()
                ? List.of()
                : TaskShape.describe(outcome.inputs().getFirst()).getColumnsList();
    }

    private String draftSummary() {
        return switch (outcome.type()) {
            case TEXT_CLASSES -> listed("Tells the " + label() + " of a " + thing() + ": ");
            case ROW_CLASSES -> listed("Tells the " + label() + " of each row of a table: ");
            case PROBABILITY -> "Scores how likely " + event() + " is for each row of a table.";
            case NUMBER -> "Estimates the " + label() + " of each row of a table, with bounds.";
            case SPANS -> listed("Finds and extracts from a text: ");
            case FORECAST -> listed("Forecasts how these series go on: ");
        };
    }

    /** As many words as fit on a line. */
    private String listed(String beginning) {
        List<String> words = outcome.words().stream().map(CardDraft::plain).toList();
        StringBuilder line = new StringBuilder(beginning);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (line.length() + word.length() > LONGEST_SUMMARY - 10) {
                return line.append("and others.").toString();
            }
            boolean last = i == words.size() - 1;
            line.append(word).append(last ? "." : ", ");
        }
        return line.toString();
    }

    private String description() {
        String words = String.join(", ", allWords());
        String what = switch (outcome.type()) {
            case TEXT_CLASSES ->
                "Reads a " + thing() + " and gives its " + label() + ", one of: " + words
                        + ". It abstains where no label is likely enough.";
            case ROW_CLASSES ->
                "Reads rows of a table and gives each its " + label() + ", one of: " + words
                        + ", with the columns that spoke for it.";
            case PROBABILITY ->
                "Reads rows of a table and gives each a calibrated probability of " + event()
                        + ", with the columns that spoke most for or against it.";
            case NUMBER ->
                "Reads rows of a table and estimates for each its " + label()
                        + ", with bounds that are meant to hold 90 % of the rows.";
            case SPANS -> "Reads a text and marks in it: " + words + ".";
            case FORECAST ->
                "Reads the newest values of the series " + words
                        + " and gives those that come next, with bounds that are meant to hold 90 % of them.";
        };
        return what
                + (columns().isEmpty() || outcome.type() == ArtifactType.FORECAST
                        ? ""
                        : " It wants " + someColumns() + ".")
                + " Learnt from %,d examples of the file %s."
                        .formatted(outcome.learnt(), job.file().getFileName());
    }

    private List<String> draftExamples() {
        List<String> drafts = new ArrayList<>();
        String label = label();
        switch (outcome.type()) {
            case TEXT_CLASSES -> {
                String thing = thing();
                drafts.addAll(List.of(
                        "Which " + label + " does this " + thing + " belong to?",
                        "What is the " + label + " of this " + thing + "?",
                        "Classify the " + thing + " by " + label + ".",
                        "Tell me the " + label + ".",
                        "Determine the " + name() + ".",
                        "Assign the " + thing + " to a " + label + ".",
                        "Sort this " + thing + " into the right " + label + ".",
                        "Is this " + thing + " " + word(0) + " or " + word(1) + "?"));
            }
            case ROW_CLASSES ->
                drafts.addAll(List.of(
                        "Label each row of the table with its " + label + ".",
                        "Which " + label + " does each row have?",
                        "Predict the " + label + " of these rows.",
                        "Classify the rows by " + label + ".",
                        "Determine the " + name() + " for each row."));
            case PROBABILITY ->
                drafts.addAll(List.of(
                        "How likely is " + event() + " for each row?",
                        "Score the rows by " + event() + ".",
                        "Predict " + event() + " for these rows.",
                        "What is the probability of " + event() + "?",
                        "Rank the rows of the table by " + event() + ".",
                        "Compute the " + name() + " score of each row."));
            case NUMBER ->
                drafts.addAll(List.of(
                        "Estimate the " + label + " of each row.",
                        "Predict the " + label + " for the rows of this table.",
                        "What " + label + " is to be expected?",
                        "Compute the " + name() + " for each row."));
            case SPANS -> {
                drafts.add("Extract the " + name() + ".");
                drafts.add("Find " + joined() + " in the text.");
                drafts.add("Extract " + joined() + ".");
                for (int i = 0; i < Math.min(8, outcome.words().size()); i++) {
                    drafts.add("Which " + word(i) + " is mentioned in the text?");
                    drafts.add("Find the " + word(i) + ".");
                }
            }
            case FORECAST -> {
                drafts.add("Forecast the " + name() + ".");
                drafts.add("Predict the next values of the " + name() + ".");
                for (int i = 0; i < Math.min(8, outcome.words().size()); i++) {
                    drafts.add("Forecast " + word(i) + ".");
                    drafts.add("How will " + word(i) + " develop?");
                }
            }
        }
        return drafts;
    }

    private String joined() {
        return String.join(
                " and ", allWords().subList(0, Math.min(5, outcome.words().size())));
    }

    private List<String> allWords() {
        return outcome.words().stream().limit(SHOWN_WORDS).map(CardDraft::plain).toList();
    }

    private String word(int index) {
        return plain(outcome.words().get(index));
    }

    private String someColumns() {
        List<String> all = columns().stream().map(CardDraft::inOneLine).toList();
        String some = all.stream().limit(SHOWN_COLUMNS).collect(Collectors.joining(", "));
        int others = all.size() - SHOWN_COLUMNS;
        return "the columns " + some + (others > 0 ? " and " + others + (others == 1 ? " other" : " others") : "");
    }

    private String label() {
        return job.label().isEmpty() ? name() : plain(job.label().getFirst());
    }

    private String name() {
        return plain(job.name());
    }

    /** Of a label that reads like a yes, the column says what it is. */
    private String event() {
        String positive = outcome.words().getFirst();
        return ScoreTraining.isYes(positive) ? label() : label() + " " + plain(positive);
    }

    /** What a text is called. */
    private String thing() {
        String column = outcome.settings().getOrDefault("text", "text").toString();
        return plain(column);
    }

    private String inputDescription() {
        return switch (outcome.type()) {
            case TEXT_CLASSES, SPANS -> "A text like those of the column '" + thing() + "'.";
            case ROW_CLASSES, PROBABILITY, NUMBER -> "Rows with " + someColumns() + "; some may be missing.";
            case FORECAST -> "The newest values of each series, at even steps, with its name.";
        };
    }

    private String outputDescription() {
        return switch (outcome.type()) {
            case TEXT_CLASSES -> "The " + label() + " and how sure it is.";
            case ROW_CLASSES ->
                "For each row, in order, its number, its " + label() + ", the confidence and the reasons.";
            case PROBABILITY ->
                "For each row, in order, its number, its probability of " + event() + " and the reasons.";
            case NUMBER -> "For each row, in order, its number, the estimate, its bounds and the reasons.";
            case SPANS -> "What was found, with its place in the text.";
            case FORECAST -> "For each series, in order, the values to come with lower and upper bounds.";
        };
    }

    /** Words of a name: no marks, nothing that could not stand in a line. */
    private static String plain(String name) {
        return inOneLine(name.replaceAll("[_\\-./]+", " "));
    }

    /** As it stands in the file, where it fits. */
    private static String inOneLine(String name) {
        String words = name.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return words.codePointCount(0, words.length()) <= LONGEST_WORD
                ? words
                : words.substring(0, words.offsetByCodePoints(0, LONGEST_WORD - 1)) + "…";
    }
}
