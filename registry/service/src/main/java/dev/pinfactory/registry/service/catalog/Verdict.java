package dev.pinfactory.registry.service.catalog;

import dev.pinfactory.proto.v1.Judgement;

/**
 * A judgement as it is kept.
 *
 * @param counts whether it may still move the version; not after the version became a candidate again
 */
public record Verdict(Judgement judgement, boolean counts) {
    /** Whether it says that the version may take this champion's place. */
    public boolean speaksFor(String champion) {
        return counts && judgement.getPassed() && judgement.getChampion().equals(champion);
    }
}
