package dev.pinfactory.specialists.sdk.scaffold;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.rpc.BadRequest;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.type.TypeSchemas;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.RegisterRequest;
import io.grpc.health.v1.HealthCheckRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Behind {@code pin new specialist NAME --language python}: a folder with a specialist, and what serves it with Debian's gRPC and protobuf. It carries the
 * descriptors of the swarm's messages, not generated code: that of a current protoc refuses to load with the protobuf that Debian has.
 */
final class PythonScaffold {
    private static final List<String> OWN =
            List.of("README.md", "card.json", "samples.json", "specialist.py", "test_specialist.py");
    private static final List<String> PACKAGE = List.of(
            "__init__",
            "answers",
            "checks",
            "errors",
            "grants",
            "main",
            "messages",
            "registration",
            "semantics",
            "serving",
            "specialist");
    /** Python's protobuf brings these itself. */
    private static final String WELL_KNOWN = "google/protobuf/";

    private final String name;
    private final String directory;

    /** @param directory where the folder lies, as one would type it where the command was given */
    PythonScaffold(String name, String directory) {
        this.name = name;
        this.directory = directory;
    }

    /** The files by their path in the folder. */
    Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(".gitignore", filled("gitignore"));
        OWN.forEach(file -> files.put(file, filled(file)));
        PACKAGE.forEach(module -> files.put("pinfactory/" + module + ".py", filled("pinfactory/" + module + ".py")));
        files.put("pinfactory/contract.desc", descriptors().toByteArray());
        files.put("pinfactory/types.json", types().getBytes(StandardCharsets.UTF_8));
        return files;
    }

    /** @throws IllegalArgumentException when there is something already */
    void write(Path directory) throws IOException {
        Templates.write(directory, files());
    }

    /** Every file after those that it imports. */
    static FileDescriptorSet descriptors() {
        Map<String, FileDescriptor> files = new LinkedHashMap<>();
        List.of(
                        InferRequest.getDescriptor(),
                        RegisterRequest.getDescriptor(),
                        HealthCheckRequest.getDescriptor(),
                        com.google.rpc.Status.getDescriptor(),
                        BadRequest.getDescriptor())
                .forEach(message -> add(message.getFile(), files));
        FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
        files.values().forEach(file -> set.addFile(file.toProto()));
        return set.build();
    }

    private static void add(FileDescriptor file, Map<String, FileDescriptor> files) {
        if (file.getName().startsWith(WELL_KNOWN) || files.containsKey(file.getName())) {
            return;
        }
        file.getDependencies().forEach(imported -> add(imported, files));
        files.put(file.getName(), file);
    }

    /** The JSON Schemas of the built-in types, by type. */
    private static String types() {
        SemanticTypes builtIn = SemanticTypes.builtIn();
        TypeSchemas schemas = TypeSchemas.of(builtIn);
        StringBuilder json = new StringBuilder();
        for (String type : new TreeSet<>(builtIn.names())) {
            schemas.jsonSchema(type)
                    .ifPresent(schema -> json.append(json.isEmpty() ? "{\n" : ",\n")
                            .append('"')
                            .append(type)
                            .append("\": ")
                            .append(schema));
        }
        return json.append("\n}\n").toString();
    }

    private byte[] filled(String file) {
        return Templates.read("python/" + file)
                .replace("${name}", name)
                .replace("${directory}", directory)
                .getBytes(StandardCharsets.UTF_8);
    }
}
