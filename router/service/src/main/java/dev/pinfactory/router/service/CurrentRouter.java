package dev.pinfactory.router.service;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.router.models.RouterModels;
import dev.pinfactory.router.planner.Planner;
import dev.pinfactory.router.planner.PlannerModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trained router that plans now: the shipped one, or that of a folder, which may be fitted anew at any time. A folder counts as new when its
 * {@code lineage.json}, which is written last, is another. What can't be read never replaces what plans already. Thread-safe.
 */
class CurrentRouter implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(CurrentRouter.class);

    /** Models, and the planner on them with its own memory of plans. */
    private record Loaded(RouterModels models, PlannerModels plannerModels, Planner planner, String lineage) {}

    private final Optional<Path> folder;
    private final SentenceEncoder encoder;
    private final Function<PlannerModels, Planner> planners;
    private final Supplier<Contracts> catalogue;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("router-models").factory());
    private volatile Loaded current;
    /** Why the folder could not be read when it was looked at last, so that it is told of once; empty when it could. */
    private volatile String lastFailure = "";

    /**
     * @param folder what training or fitting wrote; without it the shipped weights
     * @param planners makes the planner for models
     * @param catalogue what new models are prepared for before they plan
     * @throws IllegalStateException when the folder can't be read now
     */
    CurrentRouter(
            Optional<Path> folder,
            Duration lookEvery,
            SentenceEncoder encoder,
            Function<PlannerModels, Planner> planners,
            Supplier<Contracts> catalogue) {
        this.folder = folder;
        this.encoder = encoder;
        this.planners = planners;
        this.catalogue = catalogue;
        this.current = folder.map(this::first).orElseGet(() -> loaded(RouterModels.shipped(encoder), ""));
        if (folder.isPresent()) {
            watch.scheduleWithFixedDelay(
                    () -> look(folder.get()), lookEvery.toMillis(), lookEvery.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    RouterModels models() {
        return current.models();
    }

    PlannerModels plannerModels() {
        return current.plannerModels();
    }

    /** Plans with what is current when a request comes. */
    Planner planner() {
        return request -> current.planner().plan(request);
    }

    /** Why the folder could not be read when it was looked at last; empty when it could. */
    String lastFailure() {
        return lastFailure;
    }

    private Loaded first(Path models) {
        try {
            return read(models, lineage(models));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "pinfactory.router.models is " + models + ", expected what './pin fit router --out' wrote: "
                            + e.getMessage(),
                    e);
        }
    }

    private void look(Path models) {
        try {
            String lineage = lineage(models);
            if (!lineage.equals(current.lineage())) {
                Loaded fresh = read(models, lineage);
                fresh.models().prepare(catalogue.get());
                current = fresh;
                LOGGER.info("planning with the router {} of {}", fresh.models().digest(), models);
            }
            lastFailure = "";
        } catch (IOException | RuntimeException e) {
            String failure = String.valueOf(e.getMessage());
            if (!failure.equals(lastFailure)) {
                LOGGER.error("the router of {} can't be read; the one before goes on: {}", models, failure);
            }
            lastFailure = failure;
        }
    }

    private Loaded read(Path models, String lineage) throws IOException {
        return loaded(RouterModels.read(models, encoder), lineage);
    }

    private Loaded loaded(RouterModels models, String lineage) {
        PlannerModels plannerModels = models.plannerModels();
        return new Loaded(models, plannerModels, planners.apply(plannerModels), lineage);
    }

    private static String lineage(Path models) throws IOException {
        return Digests.of(Files.readAllBytes(models.resolve(RouterModels.LINEAGE)));
    }

    @Override
    public void close() {
        watch.shutdown();
    }
}
