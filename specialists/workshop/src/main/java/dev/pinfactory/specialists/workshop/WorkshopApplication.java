package dev.pinfactory.specialists.workshop;

import dev.pinfactory.specialists.sdk.autoconfigure.SpecialistApplication;
import java.util.Arrays;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** Serves the folders that {@code pinfactory.workshop.artifacts} names; with {@code train} as its first argument, makes one out of a file. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(WorkshopConfiguration.class)
public class WorkshopApplication {
    private static final String TRAIN = "train";

    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals(TRAIN)) {
            TrainFromFile.main(Arrays.copyOfRange(arguments, 1, arguments.length));
            return;
        }
        builder().run(arguments);
    }

    public static SpringApplicationBuilder builder() {
        return SpecialistApplication.builder(WorkshopApplication.class)
                .initializers(new ServedFolders.Initializer())
                .properties("spring.application.name=pinfactory-workshop");
    }
}
