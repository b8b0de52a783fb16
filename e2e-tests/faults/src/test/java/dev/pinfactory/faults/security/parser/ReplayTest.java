package dev.pinfactory.faults.security.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static UntrustedParser parser(UntrustedParser.Reading reading) {
        return new UntrustedParser("testing", 10, List.of(), reading);
    }

    @Test
    void nothingIsWrongWithAParserThatReturns() {
        assertThat(Replay.wrong(TrustingReader.PARSER, TrustingReader.HARMLESS)).isEmpty();
    }

    @Test
    void whatAParserDoesNotDeclareIsWrong() {
        byte[] longerThanItIs = {'L', 9, 'a'};
        assertThat(Replay.wrong(TrustingReader.PARSER, longerThanItIs))
                .hasValueSatisfying(wrong -> assertThat(wrong).contains("ArrayIndexOutOfBounds", "System.arraycopy"));
    }

    @Test
    void errorsOfTheVirtualMachineAreWrong() {
        UntrustedParser greedy = parser(input -> {
            throw new OutOfMemoryError("as it would come");
        });
        assertThat(Replay.wrong(greedy, new byte[0]))
                .hasValueSatisfying(wrong -> assertThat(wrong).contains("OutOfMemoryError"));
    }

    @Test
    void aSecondOfTheProcessorIsWrong() {
        UntrustedParser slow = parser(input -> {
            long begin = System.nanoTime();
            BigInteger number = BigInteger.ONE;
            while (System.nanoTime() - begin < 5_000_000_000L && number.bitLength() < input.length * 200_000) {
                number = number.multiply(BigInteger.valueOf(Integer.MAX_VALUE));
            }
        });
        assertThat(Replay.wrong(slow, new byte[10]))
                .hasValueSatisfying(wrong -> assertThat(wrong).contains("took PT"));
    }
}
