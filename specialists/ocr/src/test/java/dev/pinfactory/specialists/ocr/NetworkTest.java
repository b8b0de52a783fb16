package dev.pinfactory.specialists.ocr;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NetworkTest {
    private static final int SIDE = 960;
    private static Network detection;

    @BeforeAll
    static void open() {
        detection = Network.open(ModelFiles.DETECTION.bytes(), 1);
    }

    @AfterAll
    static void close() {
        detection.close();
    }

    @Test
    void aRunEndsInItsMiddleWhenNobodyWaits() {
        FloatBuffer page = FloatBuffer.allocate(3 * SIDE * SIDE);

        assertThat(detection.run(page, 1, SIDE, SIDE, () -> true)).isEmpty();
    }

    @Test
    void theNextRunIsNotDisturbed() {
        FloatBuffer page = FloatBuffer.allocate(3 * SIDE * SIDE);

        assertThat(detection.run(page, 1, SIDE, SIDE, () -> true)).isEmpty();
        assertThat(detection.run(page, 1, SIDE, SIDE, () -> false)).isPresent();
    }
}
