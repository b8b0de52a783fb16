package dev.pinfactory.specialists.workshop.report;

/**
 * A drawing with its caption.
 *
 * @param svg drawn by this package
 */
public record Figure(String title, String svg, String caption) {}
