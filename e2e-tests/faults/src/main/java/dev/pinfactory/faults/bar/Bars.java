package dev.pinfactory.faults.bar;

import dev.pinfactory.faults.identity.PeersByCertificate;
import dev.pinfactory.faults.identity.RefusedTokens;
import dev.pinfactory.faults.identity.SeparateTenants;
import dev.pinfactory.faults.reliability.AcknowledgedIsOnDisk;
import dev.pinfactory.faults.reliability.BadRollout;
import dev.pinfactory.faults.reliability.BlackHole;
import dev.pinfactory.faults.reliability.Deadlines;
import dev.pinfactory.faults.reliability.FailingStore;
import dev.pinfactory.faults.reliability.IdempotencyKeys;
import dev.pinfactory.faults.reliability.KillOrchestrator;
import dev.pinfactory.faults.reliability.KillSpecialists;
import dev.pinfactory.faults.reliability.Overload;
import dev.pinfactory.faults.reliability.RetryBudgets;
import dev.pinfactory.faults.reliability.RollingRestart;
import dev.pinfactory.faults.reliability.Zombies;
import dev.pinfactory.faults.security.BombsAndBulk;
import dev.pinfactory.faults.security.BoundedPlans;
import dev.pinfactory.faults.security.CompromisedRouter;
import dev.pinfactory.faults.security.ContractFuzzing;
import dev.pinfactory.faults.security.ParserFuzzing;
import java.util.List;
import java.util.Map;

/** All bars there are. */
public final class Bars {
    /** By suite, in the order in which they are tried. */
    static final Map<String, List<Bar>> SUITES = Map.of(
            "reliability",
            List.of(
                    new KillOrchestrator(),
                    new KillSpecialists(),
                    new FailingStore(),
                    new AcknowledgedIsOnDisk(),
                    new IdempotencyKeys(),
                    new Zombies(),
                    new Overload(),
                    new Deadlines(),
                    new RetryBudgets(),
                    new BlackHole(),
                    new RollingRestart(),
                    new BadRollout()),
            "security",
            List.of(
                    new ContractFuzzing(),
                    new ParserFuzzing(),
                    new RefusedTokens(),
                    new SeparateTenants(),
                    new PeersByCertificate(),
                    new CompromisedRouter(),
                    new BoundedPlans(),
                    new BombsAndBulk()));

    private Bars() {}
}
