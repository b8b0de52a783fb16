package dev.pinfactory.faults.bar;

import java.util.List;
import java.util.Map;

/**
 * A bar that does nothing.
 *
 * @param brokenRound the round that fails, of all that this bar is asked for; 0 for none
 * @param sees whether it finds its seeded bug
 */
record TestingBar(int rounds, int brokenRound, boolean sees, List<Long> seeds) implements Bar {
    @Override
    public String id() {
        return "T1";
    }

    @Override
    public String title() {
        return "nothing breaks";
    }

    @Override
    public String unit() {
        return "pushes";
    }

    @Override
    public String sabotage() {
        return "it breaks";
    }

    @Override
    public int rounds(Form form) {
        return rounds;
    }

    @Override
    public Trial start(Setting setting) {
        return new Trial() {
            @Override
            public Outcome round(long seed) {
                seeds.add(seed);
                boolean broken = setting.sabotage() ? sees : seeds.size() == brokenRound;
                Map<String, Long> sides = Map.of("left", 60L, "right", 40L);
                return new Outcome(100, broken ? List.of("it broke") : List.of(), "pushed", sides);
            }

            @Override
            public void close() {}
        };
    }
}
