package dev.pinfactory.specialists.ocr;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * The recognizer's classes: the blank, 6,623 signs, the space. It was taught Chinese and English; where nobody writes Chinese, taking only the signs of
 * ASCII and a few of money and measure into account makes it read better.
 *
 * @param size number of classes
 * @param classes those that are read
 * @param signs what they stand for
 */
@SuppressWarnings("ArrayRecordComponent") // constant tables of the one decoder
record Alphabet(int size, int[] classes, char[] signs) {
    static final int BLANK = 0;
    static final char SPACE = ' ';

    private static final String MORE_SIGNS = "°§¥£€";

    /** @param keys one sign a line, in the order of the classes */
    static Alphabet of(byte[] keys) {
        List<String> lines = new String(keys, StandardCharsets.UTF_8).lines().toList();
        List<Integer> classes = new ArrayList<>();
        StringBuilder signs = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            // Full-width forms become what they are wide forms of.
            String sign = MORE_SIGNS.contains(lines.get(i))
                    ? lines.get(i)
                    : Normalizer.normalize(lines.get(i), Normalizer.Form.NFKC);
            if (sign.length() == 1 && (sign.charAt(0) > SPACE && sign.charAt(0) < 127 || MORE_SIGNS.contains(sign))) {
                classes.add(i + 1);
                signs.append(sign);
            }
        }
        int space = lines.size() + 1;
        classes.add(space);
        signs.append(SPACE);
        return new Alphabet(
                space + 1,
                classes.stream().mapToInt(Integer::intValue).toArray(),
                signs.toString().toCharArray());
    }

    int space() {
        return size - 1;
    }
}
