package dev.pinfactory.specialists.faq;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.specialists.learning.ModelFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * The index of a team's own file. Encoding takes about 6 ms a question, so the index is kept beside the file, as {@code FILE.index}, and made anew only when
 * the file or the encoder has changed.
 */
final class OwnFaq {
    private static final String KIND = "faq-index";
    private static final int VERSION = 1;

    private OwnFaq() {}

    static FaqIndex of(Path file, SentenceEncoder encoder) throws IOException {
        List<FaqEntry> entries = FaqFile.read(file);
        String origin = Digests.of(Files.readAllBytes(file)) + " " + encoder.digest();
        Path kept = file.resolveSibling(file.getFileName() + ".index");
        Optional<FaqIndex> known = kept(kept, origin);
        if (known.isPresent()) {
            return known.get();
        }
        FaqIndex index = FaqIndex.of(entries, encoder);
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isWritable(folder)) {
            return index;
        }
        Path draft = Files.createTempFile(folder, "faq", ".draft");
        try {
            Files.write(draft, ModelFile.write(KIND, VERSION, out -> {
                out.word(origin);
                index.write(out);
            }));
            Files.move(draft, kept, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
        return index;
    }

    /** What was kept, if it can be read and was made of this. */
    private static Optional<FaqIndex> kept(Path kept, String origin) {
        if (!Files.exists(kept)) {
            return Optional.empty();
        }
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(kept))) {
            return ModelFile.read(stream, KIND, VERSION, in -> {
                String found = in.word();
                FaqIndex index = FaqIndex.read(in);
                return found.equals(origin) ? Optional.of(index) : Optional.empty();
            });
        } catch (IOException e) {
            return Optional.empty(); // damaged, or of another version: it is made anew
        }
    }
}
