package dev.pinfactory.specialists.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class NgramFeaturesTest {
    private final NgramFeatures both = new NgramFeatures(new NgramSettings(2, 2, 3, 16));
    private final NgramFeatures words = new NgramFeatures(new NgramSettings(2, 1, 0, 16));

    @Test
    void caseWidthAndSpaceDoNotMatter() {
        assertThat(both.count("  Hello\n WORLD ").indices())
                .containsExactly(both.count("hello ｗorld").indices());
    }

    @Test
    void countsWordsPairsAndSigns() {
        // not, good, !, "not good", "good !"
        assertThat(words.count("not good!").size()).isEqualTo(5);
        assertThat(words.count("good not!").indices())
                .isNotEqualTo(words.count("not good!").indices());
    }

    @Test
    void repetitionIsDamped() {
        SparseVector counts = new NgramFeatures(new NgramSettings(1, 1, 0, 16)).count("no no no");
        assertThat(counts.values()).containsExactly((float) (1 + Math.log(3)));
    }

    @Test
    void indicesAscendWithinTheHashedPlaces() {
        SparseVector counts = both.count("The quick brown fox 😀 jumps over the lazy dog, again and again.");
        for (int i = 0; i < counts.size(); i++) {
            assertThat(counts.indices()[i]).isBetween(i == 0 ? 0 : counts.indices()[i - 1] + 1, (1 << 16) - 1);
        }
    }

    @Test
    void readsNoFurtherThanItsLimit() {
        NgramFeatures shortSighted = new NgramFeatures(new NgramSettings(1, 2, 3, 16, 5));
        assertThat(shortSighted.count("😀😀😀😀😀 and more").indices())
                .containsExactly(shortSighted.count("😀😀😀😀😀").indices());
    }

    @Test
    void anEmptyTextHasNoWords() {
        assertThat(words.count("").size()).isZero();
        assertThat(words.count("   ").normalised().size()).isZero();
    }

    @Test
    void rareFeaturesWeighMore() {
        List<SparseVector> texts =
                List.of(words.count("red car"), words.count("red house"), words.count("red tree"), words.count("red"));
        TfIdf tfIdf = TfIdf.fit(texts, words.settings().size());
        SparseVector weighed = tfIdf.apply(words.count("red tree"));
        float red = valueOf(weighed, words.count("red").indices()[0]);
        float tree = valueOf(weighed, words.count("tree").indices()[0]);
        assertThat(tree).isGreaterThan(red);
        double squares = 0;
        for (float value : weighed.values()) {
            squares += value * value;
        }
        assertThat(squares).isCloseTo(1, within(1e-5));
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatThrownBy(() -> new NgramSettings(6, 1, 2, 16)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new NgramSettings(1, 1, 2, 30)).isInstanceOf(IllegalArgumentException.class);
    }

    private static float valueOf(SparseVector vector, int index) {
        for (int i = 0; i < vector.size(); i++) {
            if (vector.indices()[i] == index) {
                return vector.values()[i];
            }
        }
        return 0;
    }
}
