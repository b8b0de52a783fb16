package dev.pinfactory.registry.client;

import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.v1.Entry;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.proto.v1.VersionEntry;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which version of a specialist serves a task: a pure function of the entry and the task's key, so that every replica chooses alike, retries of a task
 * stay with their version, and a canary that grows from 5 to 10 percent keeps the tasks that it had.
 */
public final class VersionChoice {
    private static final int PERCENT = 100;

    private VersionChoice() {}

    /**
     * The version for this task, or empty when the specialist has neither champion nor canary. A version that is alive nowhere is passed over
     * as long as another one is alive.
     */
    public static Optional<VersionEntry> choose(Entry entry, String taskKey) {
        List<VersionEntry> served = served(entry);
        int bucket = bucket(entry.getContract().getId(), taskKey);
        int upTo = 0;
        for (VersionEntry version : served) {
            if (version.getState() != Version.State.CANARY) {
                continue;
            }
            upTo += version.getWeightPercent();
            if (bucket < upTo) {
                return Optional.of(version);
            }
        }
        // Without a champion the canaries have to take what is left.
        return served.stream()
                .filter(version -> version.getState() == Version.State.CHAMPION)
                .findFirst()
                .or(() -> served.stream().findFirst());
    }

    /** The versions to call beside the chosen one, to compare and never to use. */
    public static List<VersionEntry> shadows(Entry entry) {
        return entry.getVersionsList().stream()
                .filter(version -> version.getState() == Version.State.SHADOW)
                .toList();
    }

    private static List<VersionEntry> served(Entry entry) {
        List<VersionEntry> served = entry.getVersionsList().stream()
                .filter(version ->
                        version.getState() == Version.State.CHAMPION || version.getState() == Version.State.CANARY)
                .sorted(Comparator.comparing(version -> version.getVersion().getNumber()))
                .toList();
        List<VersionEntry> alive = served.stream()
                .filter(version -> version.getEndpointsCount() > 0)
                .toList();
        return alive.isEmpty() ? served : alive;
    }

    /** 0 to 99, evenly. The specialist is part of it, so that the same tasks are not the canaries of all specialists. */
    static int bucket(String specialist, String taskKey) {
        String digest = Digests.of((specialist + '\n' + taskKey).getBytes(StandardCharsets.UTF_8));
        int start = digest.indexOf(':') + 1;
        // 60 bits: the bias of the remainder is below 10^-16.
        long bits = Long.parseLong(digest, start, start + 15, 16);
        return (int) (bits % PERCENT);
    }
}
