package dev.pinfactory.registry.service.rollout;

import dev.pinfactory.registry.service.catalog.PublishedVersion;
import dev.pinfactory.registry.service.catalog.Specialist;
import dev.pinfactory.registry.service.catalog.Stage;
import dev.pinfactory.registry.service.catalog.Verdict;
import java.time.Instant;
import java.util.Optional;

/**
 * All that a decision about one version goes by.
 *
 * @param stage empty for a candidate, and for what is out
 * @param alive whether some endpoint serves the version
 * @param canGoBack whether the version that this champion followed can serve again
 */
public record Situation(
        Specialist specialist,
        PublishedVersion version,
        Optional<Stage> stage,
        Optional<Verdict> verdict,
        boolean alive,
        boolean canGoBack,
        Instant now) {}
