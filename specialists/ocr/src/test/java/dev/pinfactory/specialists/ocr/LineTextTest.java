package dev.pinfactory.specialists.ocr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.specialists.ocr.CtcDecoder.Sign;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineTextTest {
    @Test
    void theBestPathDropsBlanksAndRepetitions() {
        // blank, A, B, space
        Alphabet alphabet = new Alphabet(4, new int[] {1, 2, 3}, new char[] {'A', 'B', ' '});
        float[][] steps = {
            {.1f, .8f, .1f, 0}, {.2f, .7f, .1f, 0}, {.9f, .05f, .03f, .02f}, {.3f, .6f, .1f, 0}, {.1f, 0, .9f, 0}
        };
        FloatBuffer values = FloatBuffer.allocate(20);
        Arrays.stream(steps).forEach(values::put);

        List<Sign> signs = new CtcDecoder(alphabet).decode(values, 0, 5);

        assertThat(signs).extracting(Sign::sign).containsExactly('A', 'A', 'B');
        assertThat(signs).extracting(Sign::space).containsExactly(0f, .02f, 0f);
        assertThat(signs.get(1).probability()).isEqualTo(.6f);
    }

    @Test
    void aSpaceNeedsAFaintThoughtOfOneAndAGap() {
        LineImage line = line(96, 30, 60);

        assertThat(LineText.of(signs(0.02f), line, 8).text()).isEqualTo("A B");
        assertThat(LineText.of(signs(0.001f), line, 8).text()).isEqualTo("AB");
        assertThat(LineText.of(signs(0.02f), line(96, 40, 42), 8).text()).isEqualTo("AB");
    }

    @ParameterizedTest
    @CsvSource({
        "T0TAL,TOTAL",
        "N0. 10,N0. 10",
        "SDN BHD 0,SDN BHD 0",
        "A0,A0",
        "REF00,REFOO",
        "B0X7,B0X7",
        "C0 0P,C0 0P"
    })
    void aZeroAmongCapitalsIsAnO(String read, String meant) {
        assertThat(LineText.lettersForZeros(read)).isEqualTo(meant);
    }

    @Test
    void fullWidthSignsAreRead() {
        Alphabet alphabet = Alphabet.of("续\n（\nA\n°\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(alphabet.signs()).containsExactly('(', 'A', '°', ' ');
        assertThat(alphabet.classes()).containsExactly(2, 3, 4, 5);
        assertThat(alphabet.size()).isEqualTo(6);
    }

    private static List<Sign> signs(float space) {
        return List.of(new Sign('A', 1, .9f, 0), new Sign('B', 9, .8f, space));
    }

    /** Black, with white columns from one place to another. */
    private static LineImage line(int width, int from, int to) {
        float[] plane = new float[width * LineImage.HEIGHT];
        for (int i = 0; i < plane.length; i++) {
            boolean paper = i % width >= from && i % width < to || i / width < 16;
            plane[i] = paper ? 255 : 0;
        }
        return new LineImage(width, new float[][] {plane, plane, plane});
    }
}
