package dev.pinfactory.specialists.sdk.serving;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import dev.pinfactory.specialists.sdk.sample.GeneratedSamples;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One version of a specialist that takes calls: its card, its model, and the queue before it. */
final class ServedVersion {
    private static final Logger log = LoggerFactory.getLogger(ServedVersion.class);

    private final Card card;
    private final SpecialistModel model;
    private final InputCheck inputs;
    private final OutputCheck outputs;
    private final Batcher batcher;
    private final ServingMetrics metrics;

    ServedVersion(Card card, SpecialistModel model, ServingSettings settings, MeterRegistry meters, Executor executor) {
        this.card = card;
        this.model = model;
        this.inputs = new InputCheck(card.getContract());
        this.outputs = new OutputCheck(card.getContract());
        String id = card.getContract().getId();
        String name = "specialist '" + id + "' " + number();
        this.metrics = new ServingMetrics(meters, id, number());
        int batchSize = Math.clamp(model.maxBatchSize(), 1, settings.maxBatchSize());
        this.batcher = new Batcher(
                name,
                model,
                new ServingSettings(settings.queueCapacity(), settings.workers(), batchSize),
                new BatchRun(name, model, metrics),
                executor);
        metrics.watchQueue(batcher::queued);
    }

    Card card() {
        return card;
    }

    String number() {
        return card.getVersion().getNumber();
    }

    InputCheck inputs() {
        return inputs;
    }

    OutputCheck outputs() {
        return outputs;
    }

    Batcher batcher() {
        return batcher;
    }

    ServingMetrics metrics() {
        return metrics;
    }

    /**
     * Runs samples through the model before anybody depends on it: classes and natives are loaded, hot paths compiled, and a model that can't
     * answer its own samples never becomes ready.
     *
     * @throws PinfactoryException when a sample fails
     */
    void warmUp(List<InferRequest> samples) {
        if (samples.isEmpty()) {
            warmUpWithMadeUpInput();
        }
        for (InferRequest sample : samples) {
            Inference inference = inputs.check(sample, () -> false, Optional.empty());
            List<InferenceResult> results = model.infer(List.of(inference));
            if (results.size() != 1) {
                throw new PinfactoryException(
                        ErrorCode.SPECIALIST_OUTPUT_INVALID, results.size() + " results for one sample");
            }
            switch (results.getFirst()) {
                case InferenceResult.Answered answered -> outputs.check(answered.outputs(), inference.inputs());
                case InferenceResult.Abstained abstained ->
                    outputs.checkBestGuess(abstained.bestGuess(), inference.inputs());
                case InferenceResult.Failed failed ->
                    throw new PinfactoryException(failed.code(), "a sample failed: " + failed.detail());
            }
        }
    }

    /** What is made up from the card alone may not suit the model, so it proves nothing when that fails. A language model is paid for each call. */
    private void warmUpWithMadeUpInput() {
        if (card.getContract().getKind() == Contract.Kind.LLM) {
            return;
        }
        GeneratedSamples.request(card.getContract(), GeneratedSamples.PLAIN_TEXT)
                .ifPresent(request -> {
                    try {
                        model.infer(List.of(inputs.check(request, () -> false, Optional.empty())));
                    } catch (RuntimeException e) {
                        log.debug(
                                "no warm-up for '{}': {}",
                                card.getContract().getId(),
                                e.getClass().getName());
                    }
                });
    }

    /** Ends when the calls that it has are answered. */
    void retire() {
        batcher.retire();
        metrics.close();
    }
}
