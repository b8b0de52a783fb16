package dev.pinfactory.specialists.evaluation;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.sdk.Specialist;
import dev.pinfactory.specialists.sdk.serving.AnnotatedSpecialist;
import dev.pinfactory.specialists.sdk.serving.Definition;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.context.annotation.ImportCandidates;

/** Makes the specialists that jars on the class path announce, as a host does, one at a time and without Spring's context. */
final class ClassPathSpecialists {
    private ClassPathSpecialists() {}

    /** The ids of all, in alphabetical order. */
    static List<String> ids() {
        return types().stream()
                .map(type -> AnnotatedSpecialist.card(type).getContract().getId())
                .sorted()
                .toList();
    }

    /** @throws DataException when no card on the class path has the id */
    static Definition define(String id) {
        for (Class<?> type : types()) {
            if (AnnotatedSpecialist.card(type).getContract().getId().equals(id)) {
                return define(type);
            }
        }
        throw new DataException("no specialist on the class path has the id '" + id + "'");
    }

    private static List<Class<?>> types() {
        ClassLoader loader = ClassPathSpecialists.class.getClassLoader();
        List<Class<?>> types = new ArrayList<>();
        ImportCandidates.load(Specialist.class, loader).forEach(name -> types.add(load(name, loader)));
        return types;
    }

    static Definition define(Class<?> type) {
        return AnnotatedSpecialist.define(make(type));
    }

    private static Class<?> load(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("a jar announces " + name + ", which is not on the class path", e);
        }
    }

    /** With the process's encoder where it asks for one. */
    private static Object make(Class<?> type) {
        try {
            for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                if (Arrays.equals(constructor.getParameterTypes(), new Class<?>[] {SentenceEncoder.class})) {
                    constructor.setAccessible(true);
                    return constructor.newInstance(SentenceEncoder.shared());
                }
            }
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    type.getName()
                            + " can't be made: it needs a constructor without parameters or with a SentenceEncoder",
                    e);
        }
    }
}
