package dev.pinfactory.specialists.receiptfields;

import dev.pinfactory.specialists.learning.ModelFile;
import dev.pinfactory.specialists.learning.ranking.PlattScaling;
import dev.pinfactory.specialists.learning.ranking.RankingModel;
import dev.pinfactory.specialists.receiptfields.FieldReader.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** One reader for each field. Immutable. */
record ReceiptModel(List<FieldReader> readers) {
    private static final String KIND = "receipt-fields";
    private static final int VERSION = 1;

    ReceiptModel {
        readers = List.copyOf(readers);
    }

    /** What is found; fields that aren't there, or that the model is unsure of, are left out. */
    List<Reading> read(Receipt receipt) {
        return readers.stream()
                .flatMap(reader -> reader.read(receipt).stream())
                .filter(reading -> reading.confidence() >= FieldReader.FLOOR)
                .toList();
    }

    byte[] bytes() {
        return ModelFile.write(KIND, VERSION, out -> {
            for (FieldReader reader : readers) {
                out.word(reader.field().name());
                reader.model().write(out);
                reader.scaling().write(out);
            }
        });
    }

    /**
     * @throws IOException when it is no such model
     */
    static ReceiptModel read(InputStream stream) throws IOException {
        return ModelFile.read(stream, KIND, VERSION, in -> {
            List<FieldReader> readers = new ArrayList<>();
            for (int i = 0; i < Field.values().length; i++) {
                Field field = Field.valueOf(in.word());
                RankingModel model = RankingModel.read(in);
                readers.add(new FieldReader(field, CandidateFinder.of(field), model, PlattScaling.read(in)));
            }
            return new ReceiptModel(readers);
        });
    }
}
