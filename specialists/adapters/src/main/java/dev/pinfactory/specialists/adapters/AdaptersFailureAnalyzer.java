package dev.pinfactory.specialists.adapters;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at the start what is wrong with a card or a mapping, instead of where in the program that was noticed. */
final class AdaptersFailureAnalyzer extends AbstractFailureAnalyzer<AdaptersException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, AdaptersException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Each folder in pinfactory.adapters.directory needs a card.yaml and a mapping.yaml: see docs/adding-a-specialist.md.",
                cause);
    }
}
