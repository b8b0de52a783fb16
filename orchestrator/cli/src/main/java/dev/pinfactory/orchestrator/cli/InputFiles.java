package dev.pinfactory.orchestrator.cli;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.ArtifactList;
import dev.pinfactory.proto.v1.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What inputs of a task file say of files: {@code file: photo.jpg} for one, {@code files: [a.txt, b.txt]} for a list, beside the task file.
 *
 * @param rest the task without them
 * @param byInput files by index of the input
 */
record InputFiles(Map<?, ?> rest, Map<Integer, Named> byInput) {
    private static final String ONE = "file";
    private static final String SEVERAL = "files";

    /**
     * The files of one input.
     *
     * @param many they are a list, even if it is one
     */
    record Named(List<Path> files, boolean many) {}

    /** @param task the task file, beside which they are */
    static InputFiles of(Map<?, ?> content, Path task, String where) {
        if (!(content.get("inputs") instanceof List<?> inputs)) {
            return new InputFiles(content, Map.of());
        }
        Map<Integer, Named> byInput = new LinkedHashMap<>();
        List<Object> others = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i) instanceof Map<?, ?> input && (input.containsKey(ONE) || input.containsKey(SEVERAL))) {
                byInput.put(i, named(input, task, where + " inputs[" + i + "]"));
                Map<Object, Object> other = new LinkedHashMap<>(input);
                other.remove(ONE);
                other.remove(SEVERAL);
                others.add(other);
            } else {
                others.add(inputs.get(i));
            }
        }
        Map<Object, Object> rest = new LinkedHashMap<>(content);
        rest.put("inputs", others);
        return new InputFiles(rest, byInput);
    }

    private static Named named(Map<?, ?> input, Path task, String where) {
        if (input.containsKey(ONE) && input.containsKey(SEVERAL)) {
            throw new UsageException(where + ": 'file' or 'files' is expected, not both");
        }
        if (input.get(ONE) instanceof String file) {
            return new Named(List.of(task.resolveSibling(file)), false);
        }
        if (input.get(SEVERAL) instanceof List<?> files
                && !files.isEmpty()
                && files.stream().allMatch(String.class::isInstance)) {
            return new Named(
                    files.stream()
                            .map(file -> task.resolveSibling((String) file))
                            .toList(),
                    true);
        }
        throw new UsageException(where + ": 'file' is the name of a file, 'files' a list of such names");
    }

    /** Reads them; an input's type stands if it names one, else the file's ending tells it. */
    Task into(Task task) {
        Task.Builder with = task.toBuilder();
        byInput.forEach((index, named) -> {
            Artifact.Builder input = with.getInputsBuilder(index);
            if (input.getContentCase() != Artifact.ContentCase.CONTENT_NOT_SET) {
                throw new UsageException(
                        "input '" + input.getName() + "' has a file and content of its own; one is expected");
            }
            if (!named.many()) {
                InputArgument.fromFile(named.files().getFirst(), input.getType(), input);
                return;
            }
            ArtifactList.Builder items = ArtifactList.newBuilder();
            for (Path file : named.files()) {
                Artifact.Builder item = Artifact.newBuilder();
                InputArgument.fromFile(file, input.getType(), item);
                if (item.hasItems()) {
                    items.addAllItems(item.getItems().getItemsList());
                } else {
                    items.addItems(item);
                }
            }
            if (items.getItemsList().stream().map(Artifact::getType).distinct().count() > 1) {
                throw new UsageException("input '" + input.getName() + "': files of one type are expected");
            }
            input.setType(items.getItems(0).getType()).setItems(items);
        });
        return with.build();
    }
}
