package dev.pinfactory.specialists.ocr;

import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Where on a page there is text: PP-OCRv4's detector (Du et al., <i>PP-OCR: A Practical Ultra Lightweight OCR System</i>, 2020; version 4 of 2023), a
 * MobileNet-like network that gives the probability map of differentiable binarization (Liao et al. 2020).
 */
final class Detector {
    /** 1,280 finds no more, 736 loses 0.8 points of word recall. */
    private static final double LONGEST_SIDE = 960;

    /** The network halves its map five times. */
    private static final int STEP = 32;

    /** A picture of a word is not blown up to a page. */
    private static final double MOST_ENLARGED = 2;

    /** Of ImageNet, as the network was taught; in the order blue, green, red, as it was taught too. */
    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};

    private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

    private final Network network;

    Detector(Network network) {
        this.network = network;
    }

    /** @return empty when nobody waits for it any longer */
    Optional<ProbabilityMap> detect(PageImage page, BooleanSupplier cancelled) {
        double scale = Math.min(MOST_ENLARGED, LONGEST_SIDE / Math.max(page.width(), page.height()));
        int width = multiple(page.width() * scale);
        int height = multiple(page.height() * scale);
        float[][] planes = Resampler.resize(page, width, height);
        FloatBuffer image = FloatBuffer.allocate(planes.length * width * height);
        for (int channel = 0; channel < planes.length; channel++) {
            for (float value : planes[channel]) {
                image.put((value / 255 - MEAN[channel]) / DEVIATION[channel]);
            }
        }
        return network.run(image.flip(), 1, height, width, cancelled).map(output -> {
            float[] values = new float[width * height];
            output.values().get(values);
            return new ProbabilityMap(
                    width, height, values, (double) page.width() / width, (double) page.height() / height);
        });
    }

    private static int multiple(double size) {
        return Math.max(1, (int) Math.round(size / STEP)) * STEP;
    }
}
