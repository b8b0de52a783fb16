package dev.pinfactory.specialists.sdk.serving;

import dev.pinfactory.proto.card.CardReader;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.Specialist;
import dev.pinfactory.specialists.sdk.SpecialistLoader;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import dev.pinfactory.specialists.sdk.sample.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Reads what stands beside a class annotated with {@link Specialist}: its card, samples and model. */
public final class AnnotatedSpecialist {
    private final Class<?> type;
    private final Specialist annotation;

    private AnnotatedSpecialist(Class<?> type, Specialist annotation) {
        this.type = type;
        this.annotation = annotation;
    }

    /**
     * The card alone, without making a bean.
     *
     * @throws IllegalArgumentException when the class has no annotation, or its card is missing or wrong
     */
    public static Card card(Class<?> type) {
        return new AnnotatedSpecialist(type, annotation(type)).card();
    }

    /** @throws IllegalArgumentException when the class has no annotation, or its resources are missing or wrong */
    public static Definition define(Object bean) {
        return define(bean, annotation(bean.getClass()));
    }

    /** For an annotation that stands on the method that makes the bean. */
    public static Definition define(Object bean, Specialist annotation) {
        return new AnnotatedSpecialist(bean.getClass(), annotation).definition(bean);
    }

    private static Specialist annotation(Class<?> type) {
        Specialist annotation = type.getAnnotation(Specialist.class);
        if (annotation == null) {
            throw new IllegalArgumentException(type.getName() + " is not annotated with @Specialist");
        }
        return annotation;
    }

    private Card card() {
        return CardReader.readOne(text(require(annotation.card())));
    }

    private Definition definition(Object bean) {
        Card card = card();
        List<InferRequest> samples = samples(card);
        return switch (bean) {
            case SpecialistModel model -> Definition.of(card, model, samples);
            case SpecialistLoader loader -> Definition.of(card, loader, model(), samples);
            default ->
                throw new IllegalArgumentException(bean.getClass().getName()
                        + " is annotated with @Specialist and is neither SpecialistModel nor SpecialistLoader");
        };
    }

    private List<InferRequest> samples(Card card) {
        String name = annotation.card().replaceFirst("[^/]*$", Samples.FILE);
        String id = card.getContract().getId();
        return find(name).map(url -> Samples.read(text(url), id)).orElse(List.of());
    }

    private ModelSource model() {
        try (InputStream stream = require(annotation.model()).openStream()) {
            return ModelSource.of(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private URL require(String resource) {
        return find(resource)
                .orElseThrow(() -> new IllegalArgumentException(
                        "resource '" + resource + "' of " + type.getName() + " is not on the class path"));
    }

    private Optional<URL> find(String resource) {
        String absolute = resource.startsWith("/") ? resource : "/" + resource;
        return Optional.ofNullable(type.getResource(resource))
                .or(() -> Optional.ofNullable(type.getResource(absolute)));
    }

    private static String text(URL url) {
        try (InputStream stream = url.openStream()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
