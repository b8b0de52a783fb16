package dev.pinfactory.e2e;

import java.nio.file.Path;
import java.util.List;

/** The processes that keep their data in a directory, as the operating system sees them. */
final class SwarmProcesses {
    private SwarmProcesses() {}

    static List<ProcessHandle> of(Path data) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("--pinfactory.data-dir=" + data))
                        .isPresent())
                .toList();
    }

    /** The one process of a role. */
    static ProcessHandle role(Path data, String module) {
        List<ProcessHandle> found = of(data).stream()
                .filter(process -> process.info().commandLine().orElse("").contains("pinfactory-" + module + "-"))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError("expected one process of " + module + ", found " + found);
        }
        return found.getFirst();
    }
}
