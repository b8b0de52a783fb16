package dev.pinfactory.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An image's unpacked layers, run the way a container runtime does as far as this machine permits: with them as the root of the file system, as
 * the image's user where the test may change users. Where a root can't be changed, the image's own Java runs on the machine's C library, which
 * is the one that the image has.
 *
 * @param image how to run it
 * @param root its file system
 * @param isolation the words before the command; none where a root can't be changed
 */
record Container(Image image, Path root, List<String> isolation) {
    private static final String MOUNT = "mount --rbind /dev \"$1/dev\" && mount --rbind /proc \"$1/proc\" && ";
    private static final String AS_ITS_USER =
            MOUNT + "root=$1; shift; exec chroot --userspec=10001:10001 \"$root\" \"$@\"";
    private static final String AS_ROOT_OF_NOTHING = MOUNT + "root=$1; shift; exec chroot \"$root\" \"$@\"";

    static Container of(Image image, Path root) throws IOException {
        Files.createDirectories(root.resolve("dev"));
        List<List<String>> ways = List.of(
                List.of("unshare", "--mount", "sh", "-c", AS_ITS_USER, "container", root.toString()),
                List.of(
                        "unshare",
                        "--map-root-user",
                        "--mount",
                        "sh",
                        "-c",
                        AS_ROOT_OF_NOTHING,
                        "container",
                        root.toString()));
        Container plain = new Container(image, root, List.of());
        return ways.stream()
                .map(way -> new Container(image, root, way))
                .filter(container -> Command.of(container.words(List.of(container.java(), "-version")))
                                .run()
                                .exitCode()
                        == 0)
                .findFirst()
                .orElse(plain);
    }

    /** Its entry point with these arguments. */
    Command.Running start(List<String> arguments) {
        List<String> entryPoint = new ArrayList<>(Image.texts(image.run().get("Entrypoint")));
        entryPoint.set(0, java());
        entryPoint.addAll(arguments);
        List<String> command =
                isolation.isEmpty() ? entryPoint.stream().map(this::inside).toList() : entryPoint;
        Command container = Command.of(words(command));
        for (String variable : Image.texts(image.run().get("Env"))) {
            String[] parts = variable.split("=", 2);
            // The programs that isolate it have to be found; its own is named in full.
            if (!parts[0].equals("PATH")) {
                container = container.with(parts[0], isolation.isEmpty() ? inside(parts[1]) : parts[1]);
            }
        }
        return container.start();
    }

    private String[] words(List<String> command) {
        return Stream.concat(isolation.stream(), command.stream()).toArray(String[]::new);
    }

    /** The entry point's program, found as the image says. */
    private String java() {
        String path = Image.texts(image.run().get("Env")).stream()
                .filter(variable -> variable.startsWith("PATH="))
                .findFirst()
                .orElseThrow()
                .substring("PATH=".length());
        return path + "/" + image.run().get("Entrypoint").get(0).asString();
    }

    /** Where the paths of the image are from outside; a file of arguments is read, because there are such paths in it. */
    private String inside(String word) {
        try {
            String text = word.startsWith("@/") ? Files.readString(root.resolve(word.substring(2))) : word;
            return text.replaceAll("(^|[:=])/(app|opt|tmp)\\b", "$1" + root + "/$2");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
