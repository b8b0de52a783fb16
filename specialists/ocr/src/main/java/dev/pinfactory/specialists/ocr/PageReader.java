package dev.pinfactory.specialists.ocr;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Reads one page: finds the lines, reads each, and puts them in order. Safe for concurrent use. */
final class PageReader implements AutoCloseable {
    /** Below this the recognizer saw no letters: specks, pictures, codes. As PaddleOCR does. */
    private static final double LEAST_PROBABILITY = 0.5;

    /** A page may be too small to have text on it, and the detector sees something in everything. */
    private static final int SMALLEST_SIDE = 8;

    private final Network detection;
    private final Network recognition;
    private final Detector detector;
    private final Recognizer recognizer;

    private PageReader(Network detection, Network recognition) {
        this.detection = detection;
        this.recognition = recognition;
        this.detector = new Detector(detection);
        this.recognizer = new Recognizer(recognition, Alphabet.of(ModelFiles.KEYS.bytes()));
    }

    /** Loads both networks. */
    static PageReader load(OcrSettings settings) {
        return new PageReader(
                Network.open(ModelFiles.DETECTION.bytes(), settings.threads()),
                Network.open(ModelFiles.RECOGNITION.bytes(), settings.threads()));
    }

    /** Whether there can be text on it. */
    static boolean isLargeEnough(PageImage page) {
        return Math.min(page.width(), page.height()) >= SMALLEST_SIDE;
    }

    /**
     * The rows of the page.
     *
     * @param number of the page, from 1
     * @return empty when nobody waits for them any longer
     */
    Optional<List<List<PlacedLine>>> read(PageImage page, int number, BooleanSupplier cancelled) {
        return detector.detect(page, cancelled)
                .map(TextRegions::find)
                .flatMap(boxes -> rows(page, number, boxes, cancelled));
    }

    private Optional<List<List<PlacedLine>>> rows(
            PageImage page, int number, List<TextBox> boxes, BooleanSupplier cancelled) {
        return recognizer.read(page, boxes, cancelled).map(texts -> {
            List<PlacedLine> lines = new ArrayList<>();
            for (int i = 0; i < boxes.size(); i++) {
                LineText text = texts.get(i);
                if (!text.text().isEmpty() && text.probability() >= LEAST_PROBABILITY) {
                    lines.add(PlacedLine.of(text, Confidence.of(text), number, boxes.get(i), page));
                }
            }
            return ReadingOrder.rows(lines);
        });
    }

    @Override
    public void close() {
        detection.close();
        recognition.close();
    }
}
