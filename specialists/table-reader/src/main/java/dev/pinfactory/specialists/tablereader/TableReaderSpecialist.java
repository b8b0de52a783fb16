package dev.pinfactory.specialists.tablereader;

import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Segment;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.Specialist;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import dev.pinfactory.specialists.tablereader.ReadTable.Header;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the largest table in a text. */
@Specialist
public final class TableReaderSpecialist implements SpecialistModel {
    static final String TEXT = "text";
    static final String TABLE = "table";
    static final String HEADER = "header";

    private static final int MOST_CHARACTERS = 500_000;
    private static final int MOST_ROWS = 20_000;
    private static final int MOST_COLUMNS = 200;

    @Override
    public List<InferenceResult> infer(List<Inference> batch) {
        return batch.stream().map(TableReaderSpecialist::infer).toList();
    }

    private static InferenceResult infer(Inference inference) {
        if (inference.cancelled()) {
            return InferenceResult.abstained("cancelled");
        }
        Artifact input = inference.input(TEXT);
        String text = input.getText();
        if (text.isBlank()) {
            return InferenceResult.inputInvalid("'text' is blank, expected a text with a table");
        }
        if (text.length() > MOST_CHARACTERS) {
            return InferenceResult.inputInvalid(
                    "'text' has %,d characters, at most %,d are read".formatted(text.length(), MOST_CHARACTERS));
        }
        Header header;
        Optional<Grid> grid;
        try {
            header = header(
                    inference.parameter(HEADER).map(Value::getStringValue).orElse(""));
            grid = grid(text, input.getSegmentsList());
        } catch (IllegalArgumentException e) {
            return InferenceResult.inputInvalid(String.valueOf(e.getMessage()));
        }
        if (grid.isEmpty()) {
            return InferenceResult.abstained("the text has no two lines with columns below each other");
        }
        if (grid.get().rows().size() > MOST_ROWS || grid.get().columns() > MOST_COLUMNS) {
            return InferenceResult.inputInvalid(
                    "'text' has a table of %,d rows and %,d columns, at most %,d and %,d are read"
                            .formatted(grid.get().rows().size(), grid.get().columns(), MOST_ROWS, MOST_COLUMNS));
        }
        return InferenceResult.answered(TableArtifact.of(text, ReadTable.of(grid.get(), header)));
    }

    private static Header header(String asked) {
        try {
            return asked.isEmpty() ? Header.AUTO : Header.valueOf(asked.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'header' is none of auto, yes and no", e);
        }
    }

    /** Boxes tell more than blanks do, and a delimiter more than either. */
    private static Optional<Grid> grid(String text, List<Segment> segments) {
        List<Line> lines = Line.of(text);
        boolean boxes = segments.stream().anyMatch(Segment::hasBox);
        if (boxes) {
            return Aligned.find(PageRows.of(text, segments));
        }
        return Delimited.find(lines)
                .or(() -> Stream.concat(
                                Delimited.byCommas(lines).stream(),
                                Aligned.find(lines.stream().map(Line::pieces).toList()).stream())
                        .max(Comparator.comparingInt(Grid::size)));
    }
}
