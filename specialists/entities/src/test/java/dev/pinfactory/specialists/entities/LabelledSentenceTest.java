package dev.pinfactory.specialists.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pinfactory.specialists.learning.SpanScores.LabelledSpan;
import dev.pinfactory.specialists.learning.sequence.Tokenizer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class LabelledSentenceTest {
    private static LabelledSentence read(String json) {
        return LabelledSentence.of(JsonMapper.builder().build().readTree(json)).orElseThrow();
    }

    @Test
    void namesStandAtTheirCodePoints() {
        LabelledSentence sentence = read("""
                {"tokens": ["😀", "New", "York", "and", "Ann"], "tags": ["O", "B-location", "I-location", "O", "B-person"]}
                """);
        assertThat(sentence.text()).isEqualTo("😀 New York and Ann");
        assertThat(sentence.names())
                .containsExactlyInAnyOrder(new LabelledSpan(2, 10, "location"), new LabelledSpan(15, 18, "person"));
    }

    @Test
    void twoNamesOfOneTypeSideBySideAreTwo() {
        assertThat(read("""
                {"tokens": ["Ann", "Bob"], "tags": ["B-person", "B-person"]}
                """).names())
                .containsExactlyInAnyOrder(new LabelledSpan(0, 3, "person"), new LabelledSpan(4, 7, "person"));
    }

    @Test
    void anInsideTagBehindAnotherTypeBeginsAName() {
        assertThat(read("""
                {"tokens": ["Ann", "Acme", "Inc"], "tags": ["B-person", "I-corporation", "I-corporation"]}
                """).names())
                .containsExactlyInAnyOrder(new LabelledSpan(0, 3, "person"), new LabelledSpan(4, 12, "corporation"));
    }

    @Test
    void aNameIsLabelledOverAllTokensThatItHolds() {
        LabelledSentence sentence = read("""
                {"tokens": ["see", "U.S.", "Open", "today"], "tags": ["O", "B-group", "I-group", "O"]}
                """);
        assertThat(sentence.labels(Tokenizer.tokenize(sentence.text())))
                .startsWith("O", "B-group")
                .endsWith("I-group", "O")
                .containsOnlyOnce("B-group");
    }

    @Test
    void wordsWithoutTagsHaveNoGold() {
        assertThat(LabelledSentence.of(JsonMapper.builder().build().readTree("{\"tokens\": [\"a\"], \"tags\": []}")))
                .isEmpty();
    }

    @Test
    void aTagTooFewIsNamed() {
        assertThatThrownBy(() -> read("{\"tokens\": [\"a\", \"b\"], \"tags\": [\"O\"]}"))
                .hasMessageContaining("member 'tags' has 1 tags, expected one for each of 2 tokens");
    }
}
