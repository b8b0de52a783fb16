package dev.pinfactory.faults.bar;

import dev.pinfactory.faults.reliability.AcknowledgedIsOnDisk;
import dev.pinfactory.faults.reliability.FailingStore;
import dev.pinfactory.faults.reliability.IdempotencyKeys;
import dev.pinfactory.faults.reliability.KillOrchestrator;
import dev.pinfactory.faults.reliability.Overload;
import dev.pinfactory.faults.reliability.Zombies;
import java.util.List;
import java.util.Map;

/** All bars there are. */
public final class Bars {
    private static final Map<String, List<Bar>> SUITES = Map.of(
            "reliability",
            List.of(
                    new KillOrchestrator(),
                    new FailingStore(),
                    new AcknowledgedIsOnDisk(),
                    new IdempotencyKeys(),
                    new Zombies(),
                    new Overload()),
            "security",
            List.of());

    private Bars() {}

    /**
     * The bars of a suite, in the order in which they are tried.
     *
     * @throws IllegalArgumentException when there is no such suite
     */
    public static List<Bar> of(String suite) {
        List<Bar> bars = SUITES.get(suite);
        if (bars == null) {
            throw new IllegalArgumentException("'reliability' or 'security' is expected, got '" + suite + "'");
        }
        return bars;
    }
}
