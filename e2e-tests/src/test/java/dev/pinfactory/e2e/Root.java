package dev.pinfactory.e2e;

import java.nio.file.Path;

/** The checkout that is tested. */
final class Root {
    private Root() {}

    static Path path() {
        return Path.of(System.getProperty("pinfactory.root", ".."))
                .toAbsolutePath()
                .normalize();
    }

    static Path resolve(String file) {
        return path().resolve(file);
    }

    /** The program that runs this test. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
