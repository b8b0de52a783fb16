package dev.pinfactory.orchestrator.cli;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.ArtifactList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One {@code --input NAME[:TYPE]=VALUE}.
 *
 * @param name the input's name
 * @param artifact the input
 */
record InputArgument(String name, Artifact artifact) {
    private static final Pattern FORM =
            Pattern.compile("(?<name>[A-Za-z][A-Za-z0-9_.-]*)(:(?<type>[a-z0-9/_-]+))?=(?<value>.*)", Pattern.DOTALL);
    private static final Set<String> TEXT_ENDINGS = Set.of("txt", "text", "md", "log");
    private static final Map<String, String> MEDIA_TYPES = Map.ofEntries(
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("tif", "image/tiff"),
            Map.entry("tiff", "image/tiff"),
            Map.entry("gif", "image/gif"),
            Map.entry("bmp", "image/bmp"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("eml", "message/rfc822"),
            Map.entry("msg", "application/vnd.ms-outlook"),
            Map.entry("csv", "text/csv"),
            Map.entry("html", "text/html"),
            Map.entry("rtf", "application/rtf"),
            Map.entry("doc", "application/msword"),
            Map.entry("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            Map.entry("xls", "application/vnd.ms-excel"),
            Map.entry("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            Map.entry("ppt", "application/vnd.ms-powerpoint"),
            Map.entry("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"));

    static InputArgument parse(String argument) {
        Matcher form = FORM.matcher(argument);
        if (!form.matches()) {
            throw new UsageException(
                    "--input '" + shortened(argument) + "' is not NAME=VALUE, NAME:TYPE=VALUE or NAME=@FILE");
        }
        String name = form.group("name");
        String type = form.group("type") == null ? "" : form.group("type");
        String value = form.group("value");
        Artifact.Builder artifact = Artifact.newBuilder().setName(name);
        if (value.startsWith("@")) {
            fromFile(Path.of(value.substring(1)), type, artifact);
        } else if (type.isEmpty() || type.equals("text")) {
            artifact.setType("text").setText(value);
        } else {
            artifact.setType(type).setJson(json(value, name));
        }
        return new InputArgument(name, artifact.build());
    }

    /** @param wanted the type, or nothing to be told by the file's ending */
    static void fromFile(Path file, String wanted, Artifact.Builder artifact) {
        String ending = ending(file);
        String mediaType = MEDIA_TYPES.getOrDefault(ending, "application/octet-stream");
        String type = wanted.isEmpty() ? typeOf(ending) : wanted;
        artifact.setType(type);
        if (type.equals("series") && ending.equals("csv")) {
            series(file, artifact);
            return;
        }
        switch (type) {
            case "text" -> artifact.setText(TaskOptions.readText(file));
            case "document", "image" -> artifact.setMediaType(mediaType).setData(ByteString.copyFrom(bytes(file)));
            case "table" -> artifact.setJson(CsvTable.read(file).table());
            default -> artifact.setJson(json(TaskOptions.readText(file), artifact.getName()));
        }
    }

    /** One column of numbers is a series, several are a list of them. */
    private static void series(Path file, Artifact.Builder artifact) {
        List<Value> series = CsvTable.read(file).series(file);
        if (series.size() == 1) {
            artifact.setJson(series.getFirst());
            return;
        }
        ArtifactList.Builder items = ArtifactList.newBuilder();
        series.forEach(one ->
                items.addItems(Artifact.newBuilder().setType(artifact.getType()).setJson(one)));
        artifact.setItems(items);
    }

    private static String typeOf(String ending) {
        if (TEXT_ENDINGS.contains(ending)) {
            return "text";
        }
        return switch (ending) {
            case "png", "jpg", "jpeg", "tif", "tiff", "gif", "bmp" -> "image";
            case "json" -> "record";
            case "csv" -> "table";
            default -> "document";
        };
    }

    private static Value json(String text, String name) {
        Value.Builder value = Value.newBuilder();
        try {
            JsonFormat.parser().merge(text, value);
        } catch (InvalidProtocolBufferException e) {
            throw new UsageException("input '" + name + "' is not JSON: " + e.getMessage());
        }
        return value.build();
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(TaskOptions.checked(file));
        } catch (IOException e) {
            throw new UsageException("'" + file + "' can't be read");
        }
    }

    private static String ending(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static String shortened(String argument) {
        return argument.length() <= 60 ? argument : argument.substring(0, 60) + "…";
    }
}
