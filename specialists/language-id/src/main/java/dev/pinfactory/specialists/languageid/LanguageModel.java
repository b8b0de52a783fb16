package dev.pinfactory.specialists.languageid;

import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.ModelFile;
import dev.pinfactory.specialists.learning.NgramFeatures;
import dev.pinfactory.specialists.learning.NgramSettings;
import dev.pinfactory.specialists.learning.SparseVector;
import dev.pinfactory.specialists.learning.TemperatureScaling;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Naive Bayes over words and runs of one to five characters. With a few hundred sentences for a language it beats trained linear models by far: they
 * learn what tells the languages of these texts apart, it learns what the language looks like.
 */
final class LanguageModel {
    private static final String KIND = "language-id";
    private static final int VERSION = 1;
    private static final int MAX_LANGUAGES = 250;

    private final List<String> languages;
    private final NgramFeatures features;
    private final NgramCounts counts;
    private final double smoothing;
    private final TemperatureScaling calibration;
    private final double floor;
    private final double[] gains;
    private final double[] logTotals;

    LanguageModel(
            List<String> languages,
            NgramFeatures features,
            NgramCounts counts,
            double smoothing,
            TemperatureScaling calibration,
            double floor) {
        this.languages = List.copyOf(languages);
        this.features = features;
        this.counts = counts;
        this.smoothing = smoothing;
        this.calibration = calibration;
        this.floor = floor;
        this.gains = NgramCounts.gains(smoothing);
        this.logTotals = counts.totals(languages.size());
        for (int i = 0; i < logTotals.length; i++) {
            logTotals[i] = StrictMath.log(
                    logTotals[i] + smoothing * features.settings().size());
        }
    }

    LanguageModel calibrated(TemperatureScaling better) {
        return new LanguageModel(languages, features, counts, smoothing, better, floor);
    }

    List<String> languages() {
        return languages;
    }

    /** Below this confidence the best language should not be believed. */
    double floor() {
        return floor;
    }

    /** Whether there is anything in a text that languages differ in. */
    static boolean hasLetters(String text) {
        return text.codePoints().anyMatch(Character::isLetter);
    }

    /** All languages, the likeliest first. */
    List<Candidate> identify(String text) {
        return Candidate.ranked(languages, calibration.probabilities(scores(text)));
    }

    /**
     * Log likelihoods, divided by the square root of the number of n-grams: n-grams overlap, so that evidence grows slower than their number. With it one
     * temperature fits words as well as sentences.
     */
    double[] scores(String text) {
        SparseVector ngrams = features.count(text);
        double mass = 0;
        for (float value : ngrams.values()) {
            mass += value;
        }
        double[] scores = new double[languages.size()];
        counts.addScores(ngrams, gains, scores);
        double scale = 1 / Math.sqrt(Math.max(1, mass));
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (scores[i] - mass * logTotals[i]) * scale;
        }
        return scores;
    }

    byte[] bytes() {
        byte[] plain = ModelFile.write(KIND, VERSION, out -> {
            out.words(languages);
            features.settings().write(out);
            out.number(smoothing);
            calibration.write(out);
            out.number(floor);
            counts.write(out);
        });
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    static LanguageModel read(InputStream stream) throws IOException {
        return ModelFile.read(new GZIPInputStream(stream), KIND, VERSION, in -> {
            List<String> languages = in.words(MAX_LANGUAGES);
            NgramSettings settings = NgramSettings.read(in);
            double smoothing = in.number();
            if (!(smoothing > 0)) {
                throw new IOException("model has a smoothing of " + smoothing);
            }
            TemperatureScaling calibration = TemperatureScaling.read(in);
            double floor = in.number();
            NgramCounts counts = NgramCounts.read(in, settings.size(), languages.size());
            return new LanguageModel(languages, new NgramFeatures(settings), counts, smoothing, calibration, floor);
        });
    }
}
