package dev.pinfactory.router.service;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.plan.Normalizers;
import dev.pinfactory.proto.v1.InstructionSpan.Normalizer;
import dev.pinfactory.proto.v1.Parameter;
import dev.pinfactory.registry.client.RegistryClient;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Encodes new cards when the catalogue changes, before anybody asks for a plan with them. Of several changes in a row only the last is prepared. */
class CardPreparation implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(CardPreparation.class);

    private static final Parameter LANGUAGE =
            Parameter.newBuilder().setKind(Parameter.Kind.LANGUAGE).build();

    private static final long LONGEST_CARD_SECONDS = 10;

    private final CurrentRouter router;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("router-cards").factory());
    private final AtomicReference<@Nullable Contracts> waiting = new AtomicReference<>();
    private final Runnable stopListening;

    CardPreparation(RegistryClient registry, CurrentRouter router) {
        this.router = router;
        this.stopListening = registry.listen(catalogue -> changed(catalogue.contracts()));
    }

    private void changed(Contracts contracts) {
        // Somebody is queued already and will take the newest.
        if (waiting.getAndSet(contracts) == null) {
            worker.execute(this::prepare);
        }
    }

    private void prepare() {
        Contracts contracts = waiting.getAndSet(null);
        if (contracts == null) {
            return;
        }
        try {
            router.models().prepare(contracts);
            // The first use of the languages' names takes a second: better now than in a plan.
            Normalizers.normalize(Normalizer.LANGUAGE, LANGUAGE, "English");
            LOGGER.info("{} specialists are ready to be planned with", contracts.size());
        } catch (RuntimeException e) {
            LOGGER.error("the cards could not be encoded ahead; the first plan will", e);
        }
    }

    @Override
    public void close() {
        stopListening.run();
        worker.shutdownNow();
        try {
            // A process that ends within the encoder's native code crashes. A card takes a fraction of a second.
            if (!worker.awaitTermination(LONGEST_CARD_SECONDS, TimeUnit.SECONDS)) {
                LOGGER.warn("a card is still being encoded");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
