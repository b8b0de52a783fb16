package dev.pinfactory.specialists.workshop;

import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param artifacts folders that training wrote, or directories of such folders */
@ConfigurationProperties("pinfactory.workshop")
record WorkshopProperties(@DefaultValue("specialists.d") List<Path> artifacts) {}
