package dev.pinfactory.faults.security.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Replays a parser's corpus. */
public final class KeptInputs {
    private KeptInputs() {}

    /** What came of it. */
    public record Replayed(int inputs, List<String> failures) {
        public Replayed {
            failures = List.copyOf(failures);
        }
    }

    public static Replayed replay(UntrustedParser parser) {
        Map<String, byte[]> inputs = Corpus.of(parser);
        List<String> failures = new ArrayList<>();
        inputs.forEach((file, input) -> Replay.wrong(parser, input)
                .ifPresent(wrong -> failures.add(parser.name() + ": " + wrong + " by " + file + " of its corpus")));
        return new Replayed(inputs.size(), failures);
    }
}
