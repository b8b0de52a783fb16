package dev.pinfactory.specialists.sdk.serving;

import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.SpecialistLoader;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a specialist comes with: its card, samples to warm it up, and either a model or a loader with the bytes of one.
 *
 * @param samples requests that it can answer; empty is allowed
 */
public record Definition(
        Card card,
        List<InferRequest> samples,
        @Nullable SpecialistModel model,
        @Nullable SpecialistLoader loader,
        @Nullable ModelSource source) {
    public Definition {
        samples = List.copyOf(samples);
        if ((model == null) == (loader == null)) {
            throw new IllegalArgumentException("either a model or a loader is needed");
        }
        if ((loader == null) != (source == null)) {
            throw new IllegalArgumentException("a loader needs the bytes of a model");
        }
    }

    public static Definition of(Card card, SpecialistModel model, List<InferRequest> samples) {
        return new Definition(card, samples, model, null, null);
    }

    public static Definition of(Card card, SpecialistLoader loader, ModelSource source, List<InferRequest> samples) {
        return new Definition(card, samples, null, loader, source);
    }

    SpecialistModel requireModel() {
        return Objects.requireNonNull(model);
    }

    ModelSource requireSource() {
        return Objects.requireNonNull(source);
    }
}
