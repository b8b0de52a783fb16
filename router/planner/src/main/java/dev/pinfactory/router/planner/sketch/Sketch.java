package dev.pinfactory.router.planner.sketch;

import dev.pinfactory.proto.v1.Contract;
import java.util.List;

/**
 * What an instruction asks for, before anything is bound: needs no inputs, so it can be made for catalogues without types too.
 *
 * @param uses specialists in the order in which they shall work; each once
 * @param links who feeds whom
 * @param confidence probability, 0..1, that the set of specialists is right
 * @param refused the planner would not plan this; {@code uses} is then its best guess
 */
public record Sketch(List<Use> uses, List<Link> links, double confidence, boolean refused) {
    public Sketch {
        uses = List.copyOf(uses);
        links = List.copyOf(links);
    }

    /**
     * One specialist at work.
     *
     * @param mention where the instruction speaks of it, from 0 (its first word) to 1
     * @param values words of the instruction that it works on: file names, addresses, quotations
     */
    public record Use(Contract contract, double mention, List<String> values) {
        public Use {
            values = List.copyOf(values);
        }
    }

    /** The output of one specialist is the input of another; both by contract id. */
    public record Link(String from, String to) {}
}
