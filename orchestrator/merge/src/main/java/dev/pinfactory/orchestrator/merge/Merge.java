package dev.pinfactory.orchestrator.merge;

/** Executes a plan's output mapping. Pure: the same request gives the same bytes, whatever the order in which the steps ended. */
public final class Merge {
    private Merge() {}

    /** Merges what the steps brought. Never throws for what a specialist answered: what can't be used is missing, with the reason. */
    public static MergeResult execute(MergeRequest request, MergeSettings settings) {
        throw new UnsupportedOperationException(request.plan().getDigest() + settings);
    }
}
