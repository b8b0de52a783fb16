package dev.pinfactory.specialists.sdk.autoconfigure;

import dev.pinfactory.specialists.sdk.Specialist;
import dev.pinfactory.specialists.sdk.serving.AnnotatedSpecialist;
import dev.pinfactory.specialists.sdk.serving.Definition;
import dev.pinfactory.specialists.sdk.serving.DefinitionSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.ListableBeanFactory;

/** Finds the annotated beans, and what {@link DefinitionSource}s bring. */
final class SpecialistBeans {
    private final ListableBeanFactory beans;

    SpecialistBeans(ListableBeanFactory beans) {
        this.beans = beans;
    }

    /**
     * Those with these ids, or all where none is named.
     *
     * @throws IllegalStateException when a named one is not there
     */
    List<Definition> definitions(List<String> wanted) {
        List<Definition> all = new ArrayList<>();
        List<Definition> found = new ArrayList<>();
        Set<String> missing = new TreeSet<>(wanted);
        for (String name : beans.getBeanNamesForAnnotation(Specialist.class)) {
            Specialist annotation = Objects.requireNonNull(beans.findAnnotationOnBean(name, Specialist.class));
            all.add(AnnotatedSpecialist.define(beans.getBean(name), annotation));
        }
        for (DefinitionSource source :
                beans.getBeansOfType(DefinitionSource.class).values()) {
            all.addAll(source.definitions());
        }
        for (Definition definition : all) {
            if (wanted.isEmpty()
                    || missing.remove(definition.card().getContract().getId())) {
                found.add(definition);
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    "pinfactory.host.specialists names " + missing + ", which are not on the class path");
        }
        return found;
    }
}
