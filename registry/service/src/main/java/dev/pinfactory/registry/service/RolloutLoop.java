package dev.pinfactory.registry.service;

import dev.pinfactory.registry.service.catalog.VersionMove;
import dev.pinfactory.registry.service.rollout.RolloutController;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One round of the rollout: every specialist by itself, so that trouble with one holds up no other. */
final class RolloutLoop {
    private static final Logger LOGGER = LoggerFactory.getLogger(RolloutLoop.class);

    private final RolloutController controller;
    private final LiveCatalog live;
    private final MeterRegistry meters;

    RolloutLoop(RolloutController controller, LiveCatalog live, MeterRegistry meters) {
        this.controller = controller;
        this.live = live;
        this.meters = meters;
    }

    void run() {
        for (String specialist : controller.onTheWay()) {
            try {
                List<VersionMove> moves = controller.move(specialist);
                moves.forEach(this::tell);
                if (!moves.isEmpty()) {
                    live.refresh();
                }
            } catch (RuntimeException e) {
                LOGGER.warn("versions of {} can't be moved, which is tried again: {}", specialist, e.toString());
            }
        }
    }

    private void tell(VersionMove move) {
        LOGGER.info(
                "version {} of {} went from {} to {}: {}",
                move.number(),
                move.specialist(),
                move.from(),
                move.to(),
                move.reason());
        meters.counter("pinfactory.registry.moves", "to", move.to().name()).increment();
    }
}
