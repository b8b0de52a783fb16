package dev.pinfactory.router.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pinfactory.encoder.EncoderAdapter;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.router.planner.interpret.Interpretation;
import dev.pinfactory.router.planner.interpret.Interpreter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class TokenReaderTest {
    private static final byte[] SHIPPED = RouterFiles.shipped(RouterFiles.ENCODER);

    private static TokenReader reader() throws IOException {
        return TokenReaders.of(SHIPPED);
    }

    private static String words(TokenReading reading, BitSet pieces, String instruction) {
        StringBuilder words = new StringBuilder();
        for (int piece = pieces.nextSetBit(0); piece >= 0; piece = pieces.nextSetBit(piece + 1)) {
            int end = piece + 1 < reading.starts().length ? reading.starts()[piece + 1] : instruction.length();
            words.append(instruction, reading.starts()[piece], end);
        }
        return words.toString().strip();
    }

    @Test
    void piecesStandAtTheirCharsBehindCharactersOfTwoChars() throws IOException {
        String instruction = "\uD83D\uDE00\uD83D\uDE00 Summarise the letter.";
        TokenReading reading = reader().read(instruction);
        BitSet behind = new BitSet();
        behind.set(0, reading.starts().length);
        for (int i = 0; i < reading.starts().length; i++) {
            behind.set(i, reading.starts()[i] >= instruction.indexOf('S'));
        }
        assertThat(words(reading, behind, instruction)).isEqualTo("Summarise the letter.");
    }

    @Test
    void whatIsNegatedIsNotRead() throws IOException {
        String instruction = "Summarise the letter, but do not translate it.";
        Interpretation read = new Interpreter(
                        Weights.read(new ByteArrayInputStream(RouterFiles.shipped(RouterFiles.WEIGHTS)))
                                .words())
                .interpret(instruction);
        TokenReading reading = reader().read(instruction);
        assertThat(words(reading, reading.wanted(read.clauses()), instruction))
                .contains("Summarise the letter")
                .doesNotContain("translate");
    }

    @Test
    void aCardIsSpokenOfWhereItsWordsStand() throws IOException {
        TokenReading reading =
                reader().read("Summarise the quarterly report of the sales team, then translate it into French.");
        BitSet all = new BitSet();
        all.set(0, reading.starts().length);
        assertThat(reading.mention(similarities(reading, "Translates a text into another language."), all))
                .isGreaterThan(reading.mention(similarities(reading, "Writes a short summary of a text."), all));
    }

    private static float[] similarities(TokenReading reading, String description) throws IOException {
        float[] card =
                reader().card(Contract.newBuilder().setDescription(description).build());
        float[] similarities = new float[reading.pieces().length];
        for (int piece = 0; piece < similarities.length; piece++) {
            similarities[piece] = Features.dot(reading.pieces()[piece], card);
        }
        return similarities;
    }

    @Test
    void theSameFileIsLoadedOnce() throws IOException {
        assertThat(TokenReaders.of(SHIPPED.clone())).isSameAs(reader());
    }

    @Test
    void anAdapterOfAnotherEncoderIsRefused() throws IOException {
        TunedEncoder shipped = TunedEncoder.read(SHIPPED);
        EncoderAdapter foreign =
                new EncoderAdapter("encoder@sha256:0", shipped.adapter().sums());
        assertThatThrownBy(() -> TokenReaders.of(new TunedEncoder(foreign, shipped.scorer()).toBytes()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("encoder.bin can't be used")
                .hasMessageContaining("encoder@sha256:0");
    }

    @Test
    void theShippedOneIsTheOneOfItsLineage() {
        assertThat(SHIPPED).hasSizeLessThan(2 << 20);
        assertThat(new String(RouterFiles.shipped(TunedEncoder.LINEAGE), StandardCharsets.UTF_8))
                .contains(Digests.of(SHIPPED))
                .doesNotContain("\"left out\"");
    }
}
