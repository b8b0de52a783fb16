package dev.pinfactory.proto.rest;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The comments of the .proto files. Generated classes have none; they stand in the descriptor set that the build writes beside them, under the
 * path of each element. Empty where that set has no source information.
 */
final class Comments {
    private static final String RESOURCE = "/descriptors/pinfactory.dsc";

    private final Map<String, Map<List<Integer>, String>> byFile = new HashMap<>();

    private Comments() {}

    static Comments load() {
        Comments comments = new Comments();
        try (InputStream resource = Comments.class.getResourceAsStream(RESOURCE)) {
            if (resource != null) {
                FileDescriptorSet.parseFrom(resource).getFileList().forEach(comments::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return comments;
    }

    Optional<String> of(Descriptor message) {
        return at(message.getFile(), path(message));
    }

    Optional<String> of(FieldDescriptor field) {
        List<Integer> path = new ArrayList<>(path(field.getContainingType()));
        path.addAll(List.of(2, field.getIndex()));
        return at(field.getFile(), path);
    }

    Optional<String> of(MethodDescriptor rpc) {
        return at(rpc.getFile(), List.of(6, rpc.getService().getIndex(), 2, rpc.getIndex()));
    }

    /** Paths as descriptor.proto counts them: 4 messages of a file, 3 messages in a message, 2 fields or methods, 6 services. */
    private static List<Integer> path(Descriptor message) {
        Descriptor outer = message.getContainingType();
        List<Integer> path = new ArrayList<>(outer == null ? List.of() : path(outer));
        path.addAll(List.of(outer == null ? 4 : 3, message.getIndex()));
        return path;
    }

    private Optional<String> at(FileDescriptor file, List<Integer> path) {
        return Optional.ofNullable(byFile.getOrDefault(file.getName(), Map.of()).get(path));
    }

    private void add(FileDescriptorProto file) {
        Map<List<Integer>, String> comments = new HashMap<>();
        for (Location location : file.getSourceCodeInfo().getLocationList()) {
            String text = location.getLeadingComments().strip().replaceAll("\\n ", "\n");
            if (!text.isEmpty()) {
                comments.put(List.copyOf(location.getPathList()), text);
            }
        }
        byFile.put(file.getName(), comments);
    }
}
