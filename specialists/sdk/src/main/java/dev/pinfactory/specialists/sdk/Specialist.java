package dev.pinfactory.specialists.sdk;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a bean as a specialist. The bean is a {@link SpecialistModel}, or a {@link SpecialistLoader} where versions of its model can be
 * exchanged while it runs. The card beside it says what it takes and gives.
 *
 * <p>A class listed in {@code META-INF/spring/dev.pinfactory.specialists.sdk.Specialist.imports} becomes a bean by itself wherever its jar is on a
 * host's class path; its constructor may ask for the shared {@code SentenceEncoder}. Otherwise any bean definition does.
 *
 * <p>Resources are looked up beside the annotated class first, then from the root of the class path.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Specialist {
    /** Class path resource of the card. */
    String card() default "card.yaml";

    /** Class path resource of the model that comes with the code. Read for a {@link SpecialistLoader} only. */
    String model() default "model.bin";
}
