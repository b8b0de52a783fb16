package dev.pinfactory.orchestrator.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What runs on this machine, as written by whoever started it.
 *
 * @param grpc address of the public gRPC endpoint; empty while the swarm starts
 * @param rest base URL of the REST endpoint
 * @param registry address where specialists register
 * @param gateway base URL of the gateway; empty without one
 * @param processes the swarm's processes
 */
record RunFile(String grpc, String rest, String registry, String gateway, List<Running> processes) {
    /**
     * One process.
     *
     * @param role such as "standalone" or "router"
     * @param pid its process id
     */
    record Running(String role, long pid) {
        boolean isAlive() {
            return handle().isPresent();
        }

        /** The process, if it runs; after a restart of the machine its number may be a stranger's. */
        Optional<ProcessHandle> handle() {
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(Running::isOurs);
        }

        private static boolean isOurs(ProcessHandle process) {
            // One that has ended and that nobody has asked how still has its number, but no program.
            if (process.info().command().isEmpty()) {
                return false;
            }
            // Its jars say so. A command line that can't be read is believed to be ours.
            return process.info()
                    .commandLine()
                    .map(line -> line.contains("pinfactory"))
                    .orElse(true);
        }
    }

    RunFile {
        processes = List.copyOf(processes);
    }

    /** What has been started so far, so that it can be stopped whatever happens to who starts it. */
    static RunFile starting(List<Running> processes) {
        return new RunFile("", "", "", "", processes);
    }

    /** The file's content, if there is one that can be read. */
    static Optional<RunFile> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Struct.Builder json = Struct.newBuilder();
        try {
            JsonFormat.parser().merge(Files.readString(file), json);
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file, e);
        }
        List<Running> processes = new ArrayList<>();
        for (Value process : json.getFieldsOrDefault("processes", Value.getDefaultInstance())
                .getListValue()
                .getValuesList()) {
            Struct fields = process.getStructValue();
            processes.add(new Running(text(fields, "role"), (long)
                    fields.getFieldsOrDefault("pid", Value.getDefaultInstance()).getNumberValue()));
        }
        Struct fields = json.build();
        return Optional.of(new RunFile(
                text(fields, "grpc"),
                text(fields, "rest"),
                text(fields, "registry"),
                text(fields, "gateway"),
                processes));
    }

    void write(Path file) {
        ListValue.Builder running = ListValue.newBuilder();
        processes.forEach(process -> running.addValues(Value.newBuilder()
                .setStructValue(Struct.newBuilder()
                        .putFields("role", string(process.role()))
                        .putFields(
                                "pid",
                                Value.newBuilder().setNumberValue(process.pid()).build()))));
        Struct json = Struct.newBuilder()
                .putFields("grpc", string(grpc))
                .putFields("rest", string(rest))
                .putFields("registry", string(registry))
                .putFields("gateway", string(gateway))
                .putFields("processes", Value.newBuilder().setListValue(running).build())
                .build();
        try {
            Files.createDirectories(file.getParent());
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(next, JsonFormat.printer().print(json));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + file, e);
        }
    }

    /** A swarm that can be called: everything was started, and runs. */
    boolean isUp() {
        return !grpc.isEmpty() && processes.stream().allMatch(Running::isAlive);
    }

    /** Whether anything of it runs. */
    boolean isAlive() {
        return processes.stream().anyMatch(Running::isAlive);
    }

    private static String text(Struct fields, String key) {
        return fields.getFieldsOrDefault(key, Value.getDefaultInstance()).getStringValue();
    }

    private static Value string(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }
}
