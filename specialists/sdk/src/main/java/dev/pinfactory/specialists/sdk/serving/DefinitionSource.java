package dev.pinfactory.specialists.sdk.serving;

import java.util.List;

/** A bean that brings specialists which no annotated class stands for, such as those that files describe. */
@FunctionalInterface
public interface DefinitionSource {
    /** Called once, at start. */
    List<Definition> definitions();
}
