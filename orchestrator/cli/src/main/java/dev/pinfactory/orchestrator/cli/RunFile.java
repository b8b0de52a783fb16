package dev.pinfactory.orchestrator.cli;

import com.google.protobuf.InvalidProtocolBufferException;
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
import java.util.stream.Collectors;

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
        /** How the role of a process begins that {@code pin serve} started. The swarm is a swarm without it. */
        static final String SERVED = "serve ";

        boolean isServed() {
            return role.startsWith(SERVED);
        }

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
        // By hand, because protobuf's numbers are floating-point and process ids are not.
        String json = """
                {
                  "grpc": %s,
                  "rest": %s,
                  "registry": %s,
                  "gateway": %s,
                  "processes": [%s]
                }
                """.formatted(
                quoted(grpc),
                quoted(rest),
                quoted(registry),
                quoted(gateway),
                processes.stream()
                        .map(process -> "{\"role\": " + quoted(process.role()) + ", \"pid\": " + process.pid() + "}")
                        .collect(Collectors.joining(", ")));
        try {
            Files.createDirectories(file.getParent());
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(next, json);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + file, e);
        }
    }

    /** A swarm that can be called: everything was started, and runs. */
    boolean isUp() {
        return !grpc.isEmpty() && processes.stream().allMatch(process -> process.isServed() || process.isAlive());
    }

    /** Why it can't be called; empty when it can. */
    Optional<String> lacks() {
        if (!isAlive()) {
            return Optional.of("no swarm is running");
        }
        if (grpc.isEmpty()) {
            return Optional.of("the swarm here is not complete: it is starting, or its start was killed");
        }
        List<String> gone = processes.stream()
                .filter(process -> !process.isServed() && !process.isAlive())
                .map(process -> "the " + process.role())
                .toList();
        return gone.isEmpty()
                ? Optional.empty()
                : Optional.of("of the swarm here " + String.join(" and ", gone) + (gone.size() == 1 ? " is" : " are")
                        + " gone");
    }

    /** Whether anything of it runs. */
    boolean isAlive() {
        return processes.stream().anyMatch(Running::isAlive);
    }

    private static String text(Struct fields, String key) {
        return fields.getFieldsOrDefault(key, Value.getDefaultInstance()).getStringValue();
    }

    private static String quoted(String text) {
        try {
            return JsonFormat.printer().print(Value.newBuilder().setStringValue(text));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a string has no JSON form", e);
        }
    }
}
