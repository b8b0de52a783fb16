package dev.pinfactory.specialists.tabular;

import io.github.metarank.lightgbm4j.LGBMBooster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Loads LightGBM. The library unpacks itself to a fixed name in the directory for temporary files, over what another process may be running from, which
 * then crashes: each process gets a directory of its own.
 */
final class NativeLightGbm {
    private static final String TEMPORARY = "java.io.tmpdir";

    private static boolean loaded;

    private NativeLightGbm() {}

    static synchronized void load() {
        if (loaded) {
            return;
        }
        String before = System.getProperty(TEMPORARY);
        try {
            Path own = Files.createTempDirectory("pinfactory-lightgbm");
            own.toFile().deleteOnExit();
            System.setProperty(TEMPORARY, own.toString());
            LGBMBooster.loadNative();
            deleteOnExit(own);
            loaded = true;
        } catch (IOException e) {
            throw new UncheckedIOException("LightGBM can't be unpacked: " + e.getMessage(), e);
        } finally {
            System.setProperty(TEMPORARY, before);
        }
    }

    /** Last registered, first deleted: the files before their directory. */
    private static void deleteOnExit(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            files.forEach(file -> file.toFile().deleteOnExit());
        }
    }
}
