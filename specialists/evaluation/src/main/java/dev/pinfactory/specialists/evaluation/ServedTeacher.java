package dev.pinfactory.specialists.evaluation;

import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc;
import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.TrainingOutput;
import dev.pinfactory.specialists.learning.compression.Teacher;
import dev.pinfactory.specialists.learning.evaluation.Answer;
import dev.pinfactory.specialists.learning.evaluation.EvaluationItem;
import dev.pinfactory.specialists.sdk.serving.Definition;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A teacher that is asked as callers ask a specialist: what ships, a model of a directory, or a specialist at an address. */
final class ServedTeacher implements Teacher, AutoCloseable {
    static final String SHIPPED = "shipped";

    private static final Pattern ADDRESS = Pattern.compile("(?:grpc://)?([\\w.-]+|\\[[0-9a-fA-F:.]+\\]):(\\d{1,5})");
    private static final long PATIENCE_SECONDS = 120;

    private final String origin;
    private final long bytes;
    private final Function<EvaluationItem<?>, Answer> calls;
    private final String port;
    private final Runnable end;

    private ServedTeacher(
            String origin, long bytes, String port, Function<EvaluationItem<?>, Answer> calls, Runnable end) {
        this.origin = origin;
        this.bytes = bytes;
        this.port = port;
        this.calls = calls;
        this.end = end;
    }

    /**
     * @param teacher {@value #SHIPPED}, a directory or {@code HOST:PORT}
     * @param port the specialist's input
     * @throws DataException when it is none of these
     */
    static ServedTeacher open(String teacher, String specialist, String port) {
        Matcher address = ADDRESS.matcher(teacher);
        if (address.matches()) {
            return remote(address.group(1) + ":" + address.group(2), specialist, port);
        }
        Definition shipped = ClassPathSpecialists.define(specialist);
        if (teacher.equals(SHIPPED)) {
            return local(shipped, port, Optional.empty());
        }
        Path directory = Path.of(teacher);
        if (!Files.isDirectory(directory)) {
            throw new DataException("--teacher is '" + teacher + "', expected '" + SHIPPED
                    + "', a directory that 'pin train specialist --out' wrote, or HOST:PORT of a specialist");
        }
        return local(
                ModelArtifact.serve(shipped, directory), port, Optional.of(directory.resolve(TrainingOutput.MODEL)));
    }

    private static ServedTeacher local(Definition definition, String port, Optional<Path> model) {
        ServedArtifact served = new ServedArtifact(definition);
        Card card = served.card();
        String origin = card.getContract().getId() + " " + card.getVersion().getNumber() + " "
                + card.getVersion().getModelDigest();
        return new ServedTeacher(
                origin.strip(), model.map(ServedTeacher::size).orElse(0L), port, served::infer, served::close);
    }

    private static ServedTeacher remote(String address, String specialist, String port) {
        ManagedChannel channel = Grpc.newChannelBuilder(address, InsecureChannelCredentials.create())
                .build();
        SpecialistServiceGrpc.SpecialistServiceBlockingStub stub = SpecialistServiceGrpc.newBlockingStub(channel);
        return new ServedTeacher(
                specialist + " at " + address, 0, port, item -> ask(stub, specialist, item), channel::shutdownNow);
    }

    /** Unlike a text that is refused, a teacher that is not there ends the work. */
    private static Answer ask(
            SpecialistServiceGrpc.SpecialistServiceBlockingStub stub, String specialist, EvaluationItem<?> item) {
        try {
            return Answer.of(stub.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .infer(InferRequest.newBuilder()
                            .setSpecialist(specialist)
                            .addAllInputs(item.inputs())
                            .build()));
        } catch (StatusRuntimeException e) {
            return switch (e.getStatus().getCode()) {
                case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE ->
                    new Answer.Refused(String.valueOf(e.getStatus().getDescription()));
                default -> throw new DataException("the teacher does not answer: " + e.getStatus(), e);
            };
        }
    }

    @Override
    public String origin() {
        return origin;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public Answer answer(String text) {
        return calls.apply(EvaluationItem.ofText(port, text, Optional.empty()));
    }

    @Override
    public void close() {
        end.run();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
