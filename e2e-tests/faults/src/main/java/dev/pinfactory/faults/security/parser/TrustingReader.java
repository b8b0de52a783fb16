package dev.pinfactory.faults.security.parser;

import java.util.List;

/** The seeded bug: believes the length that stands in what it reads. */
final class TrustingReader {
    static final UntrustedParser PARSER =
            new UntrustedParser("trusting-reader", 64, List.of(TrustingReader.class.getName()), TrustingReader::read);
    static final byte[] HARMLESS = {'L', 3, 'a', 'b', 'c'};

    private TrustingReader() {}

    private static void read(byte[] input) {
        if (input.length > 1 && input[0] == 'L' && input[1] > 0) {
            System.arraycopy(input, 2, new byte[input[1]], 0, input[1]);
        }
    }
}
