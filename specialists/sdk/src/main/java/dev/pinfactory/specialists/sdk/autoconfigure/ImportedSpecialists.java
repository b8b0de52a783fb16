package dev.pinfactory.specialists.sdk.autoconfigure;

import dev.pinfactory.specialists.sdk.Specialist;
import java.util.List;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.type.AnnotationMetadata;

/** Makes beans of the specialists that jars on the class path announce. */
final class ImportedSpecialists implements ImportSelector, BeanClassLoaderAware {
    private ClassLoader classLoader = ImportedSpecialists.class.getClassLoader();

    @Override
    public void setBeanClassLoader(ClassLoader classLoader) {
        this.classLoader = classLoader;
    }

    @Override
    public String[] selectImports(AnnotationMetadata importing) {
        List<String> classes =
                ImportCandidates.load(Specialist.class, classLoader).getCandidates();
        return classes.toArray(String[]::new);
    }
}
