package dev.pinfactory.specialists.workshop;

import dev.pinfactory.specialists.workshop.serving.ArtifactFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * The folders that this process serves, and nothing else: what the class path holds beside the workshop, such as the forecaster, is served by hosts.
 *
 * @param all with different ids
 */
record ServedFolders(List<ArtifactFolder> all) {
    private static final String ARTIFACTS = "pinfactory.workshop.artifacts";

    ServedFolders {
        all = List.copyOf(all);
    }

    static ServedFolders read(List<Path> directories) {
        Map<String, ArtifactFolder> byId = new TreeMap<>();
        for (Path directory : directories) {
            for (ArtifactFolder folder : ArtifactFolder.find(directory)) {
                ArtifactFolder other = byId.putIfAbsent(folder.id(), folder);
                if (other != null) {
                    throw new IllegalArgumentException("'" + folder.id() + "' stands in " + other.directory()
                            + " and in " + folder.directory() + "; one of them has to go");
                }
            }
        }
        return new ServedFolders(List.copyOf(byId.values()));
    }

    /** Reads the folders before anything else is made, as the host is told by setting what to serve. */
    static final class Initializer implements ApplicationContextInitializer<GenericApplicationContext> {
        @Override
        public void initialize(GenericApplicationContext context) {
            WorkshopProperties properties =
                    Binder.get(context.getEnvironment()).bindOrCreate("pinfactory.workshop", WorkshopProperties.class);
            ServedFolders folders = read(properties.artifacts());
            context.registerBean(ServedFolders.class, () -> folders);
            String ids = String.join(
                    ",", folders.all().stream().map(ArtifactFolder::id).toList());
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(ARTIFACTS, Map.of("pinfactory.host.specialists", ids)));
        }
    }
}
