package dev.pinfactory.faults.security.parser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The inputs of a parser that are kept: those that fuzzing begins with, and every one that once broke something. */
final class Corpus {
    private static final String FOLDER =
            "classpath:" + Corpus.class.getPackageName().replace('.', '/') + "/corpus/";

    private Corpus() {}

    /** By file name. */
    static Map<String, byte[]> of(UntrustedParser parser) {
        if (parser == TrustingReader.PARSER) {
            return Map.of("harmless", TrustingReader.HARMLESS);
        }
        Map<String, byte[]> inputs = new TreeMap<>();
        try {
            for (Resource file :
                    new PathMatchingResourcePatternResolver().getResources(FOLDER + parser.name() + "/*")) {
                inputs.put(String.valueOf(file.getFilename()), file.getContentAsByteArray());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (inputs.isEmpty()) {
            throw new IllegalStateException("the corpus of '" + parser.name() + "' is empty");
        }
        return inputs;
    }
}
