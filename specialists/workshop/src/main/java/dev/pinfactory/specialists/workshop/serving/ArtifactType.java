package dev.pinfactory.specialists.workshop.serving;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.forecast.ForecastSpecialist;
import dev.pinfactory.specialists.learning.TextClassifier;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.SpecialistLoader;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import dev.pinfactory.specialists.tabular.NumberModel;
import dev.pinfactory.specialists.tabular.RowScorer;
import dev.pinfactory.specialists.tabular.TabularModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What kinds of specialists files of examples become, and how each is served. */
public enum ArtifactType {
    /** A label for a text. */
    TEXT_CLASSES("text-classes", "text", "text", "label", "labels") {
        @Override
        SpecialistModel read(InputStream model, SentenceEncoder encoder) throws IOException {
            return new TextLabeller(TextClassifier.read(model, kind(), encoder));
        }
    },
    /** A label for each row of a table. */
    ROW_CLASSES("row-classes", "table", "table", "labels", "table") {
        @Override
        SpecialistModel read(InputStream model, SentenceEncoder encoder) throws IOException {
            return new RowLabeller(RowClasses.read(model));
        }
    },
    /** A probability for each row of a table. */
    PROBABILITY("probability", "table", "table", RowScorer.SCORES, "table") {
        @Override
        SpecialistModel read(InputStream model, SentenceEncoder encoder) throws IOException {
            return new RowScorer(TabularModel.read(model, kind()), UnaryOperator.identity());
        }
    },
    /** A number for each row of a table. */
    NUMBER("number", "table", "table", "numbers", "table") {
        @Override
        SpecialistModel read(InputStream model, SentenceEncoder encoder) throws IOException {
            return new RowEstimator(NumberModel.read(model, kind()));
        }
    },
    /** Places in a text. */
    SPANS("spans", "text", "text", "entities", "entities") {
        @Override
        SpecialistModel read(InputStream model, SentenceEncoder encoder) throws IOException {
            return new SpanFinder(SpanReader.read(model));
        }
    },
    /** How series go on. */
    FORECAST("forecast", "series", "series", "forecast", "series") {
        @Override
        SpecialistModel read(InputStream model, SentenceEncoder encoder) throws IOException {
            return new ForecastSpecialist().load(ModelSource.of(model));
        }
    };

    private final String word;
    private final String input;
    private final String inputType;
    private final String output;
    private final String outputType;

    ArtifactType(String word, String input, String inputType, String output, String outputType) {
        this.word = word;
        this.input = input;
        this.inputType = inputType;
        this.output = output;
        this.outputType = outputType;
    }

    abstract SpecialistModel read(InputStream model, SentenceEncoder encoder) throws IOException;

    /** As the lineage says it. */
    public String word() {
        return word;
    }

    /** The kind that stands in the model file. */
    public String kind() {
        return "workshop-" + word;
    }

    public String input() {
        return input;
    }

    public String inputType() {
        return inputType;
    }

    public String output() {
        return output;
    }

    public String outputType() {
        return outputType;
    }

    /** Reads models of this type. */
    public SpecialistLoader loader(SentenceEncoder encoder) {
        return source -> {
            try (InputStream stream = source.open()) {
                return read(stream, encoder);
            }
        };
    }

    /** The type that a lineage names. */
    public static Optional<ArtifactType> named(String word) {
        return Stream.of(values()).filter(type -> type.word.equals(word)).findFirst();
    }
}
