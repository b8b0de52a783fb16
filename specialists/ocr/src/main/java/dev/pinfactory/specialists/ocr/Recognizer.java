package dev.pinfactory.specialists.ocr;

import dev.pinfactory.specialists.ocr.Network.Output;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * What the lines of a page say: PP-OCRv4's recognizer (PP-OCR: Du et al. 2020; its network is SVTR-LCNet, after Du et al., <i>SVTR: Scene Text
 * Recognition with a Single Visual Model</i>, 2022). Lines of like width go through together.
 */
final class Recognizer {
    /** Of a batch, in pixels: bounds memory, and how long a cancelled call goes on. */
    private static final int BATCH_WIDTH = 1_280;

    /** The width that the network was taught with; narrower lines are filled up on the right. Without this, 0.6 points of word recall less. */
    private static final int LEAST_WIDTH = 320;

    private static final int STEP = 8;

    private final Network network;
    private final Alphabet alphabet;
    private final CtcDecoder decoder;

    Recognizer(Network network, Alphabet alphabet) {
        this.network = network;
        this.alphabet = alphabet;
        this.decoder = new CtcDecoder(alphabet);
    }

    /** A text for each box, in their order; empty when nobody waits for them any longer. */
    Optional<List<LineText>> read(PageImage page, List<TextBox> boxes, BooleanSupplier cancelled) {
        LineText[] texts = new LineText[boxes.size()];
        List<Integer> byWidth = IntStream.range(0, boxes.size())
                .boxed()
                .sorted(Comparator.comparing(i -> LineImage.width(boxes.get(i))))
                .toList();
        int begin = 0;
        while (begin < byWidth.size()) {
            if (cancelled.getAsBoolean()) {
                return Optional.empty();
            }
            int end = begin + 1;
            while (end < byWidth.size()
                    && (end + 1 - begin) * padded(LineImage.width(boxes.get(byWidth.get(end)))) <= BATCH_WIDTH) {
                end++;
            }
            List<Integer> batch = byWidth.subList(begin, end);
            Optional<List<LineText>> read = read(
                    batch.stream().map(i -> LineImage.cut(page, boxes.get(i))).toList(), cancelled);
            if (read.isEmpty()) {
                return Optional.empty();
            }
            for (int i = 0; i < batch.size(); i++) {
                texts[batch.get(i)] = read.get().get(i);
            }
            begin = end;
        }
        return Optional.of(Arrays.asList(texts));
    }

    /** @param lines from the narrowest to the widest */
    private Optional<List<LineText>> read(List<LineImage> lines, BooleanSupplier cancelled) {
        int width = padded(lines.getLast().width());
        FloatBuffer images = FloatBuffer.allocate(lines.size() * 3 * LineImage.HEIGHT * width);
        for (int i = 0; i < lines.size(); i++) {
            put(lines.get(i), images, i * 3 * LineImage.HEIGHT * width, width);
        }
        return network.run(images, lines.size(), LineImage.HEIGHT, width, cancelled)
                .map(output -> texts(output, lines, width));
    }

    private List<LineText> texts(Output output, List<LineImage> lines, int width) {
        int steps = (int) output.shape()[1];
        if (output.shape()[2] != alphabet.size()) {
            throw new IllegalStateException(
                    "the recognizer has " + output.shape()[2] + " classes, the alphabet " + alphabet.size());
        }
        List<LineText> texts = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            var signs = decoder.decode(output.values(), i * steps * alphabet.size(), steps);
            texts.add(LineText.of(signs, lines.get(i), (double) width / steps));
        }
        return texts;
    }

    private static void put(LineImage line, FloatBuffer images, int at, int width) {
        for (int channel = 0; channel < 3; channel++) {
            float[] plane = line.planes()[channel];
            for (int y = 0; y < LineImage.HEIGHT; y++) {
                int row = at + (channel * LineImage.HEIGHT + y) * width;
                for (int x = 0; x < line.width(); x++) {
                    images.put(row + x, plane[y * line.width() + x] / 127.5f - 1);
                }
            }
        }
    }

    private static int padded(int width) {
        return Math.max(LEAST_WIDTH, (width + STEP - 1) / STEP * STEP);
    }
}
