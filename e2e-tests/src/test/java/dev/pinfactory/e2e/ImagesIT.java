package dev.pinfactory.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code pin images} for one role: what is in the image, and that it runs. Built in a copy of the checkout, because the build that runs this
 * test has the jars open.
 */
class ImagesIT {
    private static final Set<String> NOT_SOURCES = Set.of("target", ".git", ".pinfactory");

    /** A Java runtime, the C library, who it runs as, and the role. */
    private static final Pattern KNOWN =
            Pattern.compile("(opt/java/.+|(usr/)?lib(64)?/.+\\.so[.0-9]*|etc/passwd|etc/nsswitch\\.conf"
                    + "|app/libs/[^/]+\\.jar|app/classes/.+|app/resources/.+|app/jib-(classpath|main-class)-file)");

    private static final Pattern DIRECTORY =
            Pattern.compile("(opt|opt/java|etc|tmp|proc|app|app/.+|(usr/)?lib(64)?|(usr/)?lib/[^/]+|usr|opt/java/.+)");

    @TempDir
    static Path folder;

    private static @Nullable Image built;

    private Image image;

    /** The first test builds it; not before all tests, because what is skipped there is not reported. */
    @BeforeEach
    void build() throws IOException {
        assumeTrue(
                System.getProperty("os.name").equals("Linux"),
                "images are built on Linux, because they take the machine's C library");
        if (built == null) {
            built = build(folder);
        }
        image = built;
    }

    private static Image build(Path folder) throws IOException {
        Path copy = folder.resolve("checkout");
        copySources(Root.path(), copy);
        new Command(List.of(copy.resolve("pin").toString(), "images", "registry"), Map.of())
                .with("MAVEN_OPTS", "-Dmaven.repo.local=" + System.getProperty("pinfactory.maven-repository"))
                .run()
                .succeeded();
        return Image.unpack(copy.resolve("target/images/pinfactory-registry-image.tar"), folder.resolve("image"));
    }

    private static void copySources(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (NOT_SOURCES.contains(directory.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(
                        file,
                        to.resolve(from.relativize(file)),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        StandardCopyOption.REPLACE_EXISTING,
                        LinkOption.NOFOLLOW_LINKS);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Test
    void manifestNamesTheImageAndItsLayersAreWhatItSays() throws Exception {
        assertThat(Image.texts(image.manifest().get("RepoTags"))).containsExactly("pinfactory-registry:0.1.0");
        List<String> digests = new ArrayList<>();
        for (Path layer : image.layers()) {
            digests.add(Image.digestOfTar(layer));
        }
        assertThat(digests).isNotEmpty().isEqualTo(image.layerDigests());
    }

    @Test
    void runsAsNobodyInParticularWithItsPortsAndLabels() {
        assertThat(image.run().get("User").asString()).isEqualTo("10001:10001");
        assertThat(Image.texts(image.run().get("Entrypoint")))
                .startsWith("java")
                .contains("dev.pinfactory.registry.service.RegistryApplication");
        assertThat(image.run().get("ExposedPorts").propertyNames()).containsExactlyInAnyOrder("9101/tcp", "9201/tcp");
        assertThat(image.run()
                        .get("Labels")
                        .get("org.opencontainers.image.version")
                        .asString())
                .isEqualTo("0.1.0");
        assertThat(image.run()
                        .get("Labels")
                        .get("org.opencontainers.image.title")
                        .asString())
                .isEqualTo("pinfactory-registry");
    }

    @Test
    void nothingIsInItThatDoesNotBelongThere() {
        List<Image.Entry> entries = image.entries();

        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.owner()).as(entry.path()).isEqualTo("0/0");
            if (entry.isDirectory()) {
                assertThat(entry.path().replaceAll("/$", "")).matches(DIRECTORY);
            } else {
                assertThat(entry.mode()).as(entry.path()).startsWith("-");
                assertThat(entry.path()).matches(KNOWN);
            }
            if (!entry.path().equals("tmp/")) {
                assertThat(entry.isWritableByOthers()).as(entry.path()).isFalse();
            }
        });
        assertThat(entries)
                .filteredOn(entry -> !entry.isDirectory())
                .extracting(Image.Entry::path)
                .contains("opt/java/bin/java", "app/libs/pinfactory-proto-0.1.0.jar")
                .doesNotHaveDuplicates();
    }

    @Test
    void theRegistryRunsFromItsLayersAndIsHealthy() throws IOException {
        Path root = folder.resolve("root");
        image.unpackLayers(root);
        String port = FreePorts.some(1).getFirst();
        List<String> arguments =
                List.of("--pinfactory.data-dir=/tmp/data", "--spring.grpc.server.port=" + port, "--server.port=0");

        try (Command.Running registry = Container.of(image, root).start(arguments)) {
            Awaitility.await().atMost(Duration.ofSeconds(120)).until(() -> {
                assertThat(registry.process().isAlive()).as(registry.printed()).isTrue();
                return Health.isServing("127.0.0.1:" + port);
            });
        }

        assertThat(root.resolve("tmp/data/registry")).isDirectory();
    }
}
