package dev.pinfactory.specialists.slots;

import dev.pinfactory.specialists.learning.Lineage;
import dev.pinfactory.specialists.learning.SpanScores.LabelledSpan;
import dev.pinfactory.specialists.learning.Split;
import dev.pinfactory.specialists.learning.compression.Compression;
import dev.pinfactory.specialists.learning.compression.CompressionRequest;
import dev.pinfactory.specialists.learning.compression.Contender;
import dev.pinfactory.specialists.learning.compression.Scoreboard;
import dev.pinfactory.specialists.learning.compression.SpecialistCompressor;
import dev.pinfactory.specialists.learning.sequence.CrfTrainer;
import dev.pinfactory.specialists.learning.sequence.SequenceModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Compresses the slots model: students learn from two unpruned random fields, or from a teacher that is called, and lose weights step by step. The figure is
 * the slots' strict F1.
 */
public final class SlotsCompressor implements SpecialistCompressor {
    private static final double CALIBRATION = 0.05;
    private static final double HELD = 0.1;
    private static final List<Double> DROP_OUTS = List.of(0.2, 0.4);
    private static final List<CrfTrainer.Shrinking> SIZES = List.of(
            new CrfTrainer.Shrinking(200_000, 3),
            new CrfTrainer.Shrinking(100_000, 3),
            new CrfTrainer.Shrinking(50_000, 3),
            new CrfTrainer.Shrinking(25_000, 3));
    private static final int CHOSEN = 1;
    private static final int PASSES = 6;
    private static final double STEP = 0.1;
    private static final double DECAY = 1e-4;
    private static final int MINIMUM_COUNT = 2;

    @Override
    public String name() {
        return "slots";
    }

    @Override
    public Path defaultData() {
        return Path.of("specialists", "slots", "data");
    }

    @Override
    public Optional<String> dataSet() {
        return Optional.of("snips");
    }

    @Override
    public Compression compress(CompressionRequest request) {
        return new Run(request).compress();
    }

    /** The student that ships: what {@code pin compress specialist slots} writes, too. */
    static Student student(CompressionRequest request) {
        return new Run(request).student();
    }

    /** A student, and how it came to be. */
    record Student(RequestReader reader, Lineage.Origin origin) {}

    private static final class Run {
        private final CompressionRequest request;
        private final List<Path> files;
        private final List<LabelledRequest> train;
        private final List<LabelledRequest> calibration;
        private final List<LabelledRequest> held;
        private final SequencedSet<String> labels = new LinkedHashSet<>(List.of("O"));
        private final SlotsStudents lessons;

        /** Of a single file a tenth is held back. */
        Run(CompressionRequest request) {
            this.request = request;
            Path file = request.file(SlotsTrainer.TRAIN);
            Path heldFile = file.resolveSibling(SlotsTrainer.HELD);
            List<LabelledRequest> known = LabelledRequest.read(file);
            if (Files.isRegularFile(request.data())) {
                files = List.of(file);
                Split<LabelledRequest> split = Split.stratified(known, LabelledRequest::intent, HELD, request.seed());
                known = split.train();
                held = split.held();
            } else {
                files = List.of(file, heldFile);
                held = LabelledRequest.read(heldFile);
            }
            Split<LabelledRequest> parts =
                    Split.stratified(known, LabelledRequest::intent, CALIBRATION, request.seed() + 1);
            train = parts.train();
            calibration = parts.held();
            for (String type : LabelledRequest.types(train)) {
                labels.add("B-" + type);
                labels.add("I-" + type);
            }
            lessons = new SlotsStudents(List.copyOf(labels));
        }

        Student student() {
            SlotsTeacher teacher = teacher();
            List<String> more = unlabelled();
            return new Student(taught(teacher, more).get(CHOSEN), origin(teacher, more.size()));
        }

        private SlotsTeacher teacher() {
            request.progress().accept("the teacher learns");
            return new SlotsTeacher(
                    RequestIntent.train(train, request.seed()),
                    request.teacher().isPresent() ? List.of() : teachers(),
                    request.teacher());
        }

        private List<String> unlabelled() {
            Set<String> texts = new LinkedHashSet<>(request.unlabelled());
            texts.addAll(SlotsStudents.recombined(train, request.seed()));
            held.forEach(one -> texts.remove(one.text()));
            return List.copyOf(texts);
        }

        private List<RequestReader> taught(SlotsTeacher teacher, List<String> more) {
            request.progress().accept("the teacher labels, and students learn");
            return students(
                    teacher.lesson(lessons, train, more),
                    RequestIntent.small(train, Optional.of(teacher.intent()), more, calibration, request.seed()));
        }

        Compression compress() {
            SlotsTeacher teacher = teacher();
            List<String> more = unlabelled();
            List<CrfTrainer.Example> certain =
                    train.stream().map(lessons::certain).toList();
            Scoreboard scores = new Scoreboard(
                    "slot_f1", held.stream().map(LabelledRequest::text).toList());
            scores.add(
                    "teacher",
                    Contender.Role.TEACHER,
                    new Scoreboard.Weight(teacher.bytes(), 0),
                    f1(held.stream()
                            .map(one -> teacher.label(one.text()).slots())
                            .toList()),
                    teacher::label);
            add(scores, "ships now", Contender.Role.SHIPPED, SlotsTrainer.shipped());
            List<RequestReader> students = taught(teacher, more);
            request.progress().accept("students learn alone");
            List<RequestReader> alone = students(
                    certain, RequestIntent.small(train, Optional.empty(), List.of(), calibration, request.seed()));
            for (int k = 0; k < SIZES.size(); k++) {
                add(scores, "student" + size(k), Contender.Role.STUDENT, students.get(k));
                add(scores, "alone" + size(k), Contender.Role.ALONE, alone.get(k));
                scores.compare("student" + size(k), "alone" + size(k));
            }
            String chosen = "student" + size(CHOSEN);
            scores.compare(chosen, "teacher");
            scores.compare(chosen, "ships now");
            return new Compression(
                    scores.figure(),
                    scores.contenders(),
                    scores.comparisons(),
                    chosen,
                    students.get(CHOSEN).bytes(),
                    origin(teacher, more.size()),
                    request.notes(
                            "teacher and students have not seen 5 % of the labelled requests, by which their confidence"
                                    + " is calibrated; what ships has"));
        }

        private List<SequenceModel> teachers() {
            List<CrfTrainer.Example> examples =
                    train.stream().map(lessons::certain).toList();
            List<SequenceModel> teachers = new ArrayList<>();
            for (double dropOut : DROP_OUTS) {
                teachers.add(new CrfTrainer(labels, settings(dropOut)).train(examples, new int[0]));
            }
            return List.copyOf(teachers);
        }

        private CrfTrainer.Settings settings(double dropOut) {
            return new CrfTrainer.Settings(PASSES, STEP, DECAY, dropOut, MINIMUM_COUNT, 0, request.seed());
        }

        /** One for each size. */
        private List<RequestReader> students(List<CrfTrainer.Example> examples, RequestIntent intent) {
            List<SequenceModel> all =
                    new CrfTrainer(labels, settings(DROP_OUTS.getFirst())).train(examples, new int[0], SIZES);
            return all.subList(1, all.size()).stream()
                    .map(model -> new RequestReader(
                            intent, model.with(SlotsTrainer.scaling(new RequestReader(intent, model), calibration))))
                    .toList();
        }

        private void add(Scoreboard scores, String name, Contender.Role role, RequestReader reader) {
            scores.add(
                    name,
                    role,
                    new Scoreboard.Weight(reader.bytes().length, 0),
                    f1(held.stream()
                            .map(one -> SlotsTeacher.label(reader, one.text()).slots())
                            .toList()),
                    reader::read);
        }

        private ToDoubleFunction<int[]> f1(List<Set<LabelledSpan>> said) {
            int[] found = new int[said.size()];
            int[] saidOrThere = new int[said.size()];
            for (int i = 0; i < found.length; i++) {
                Set<LabelledSpan> right = new HashSet<>(held.get(i).slots());
                right.retainAll(said.get(i));
                found[i] = right.size();
                saidOrThere[i] = said.get(i).size() + held.get(i).slots().size();
            }
            return draw -> {
                int foundSum = 0;
                int sum = 0;
                for (int i : draw) {
                    foundSum += found[i];
                    sum += saidOrThere[i];
                }
                return sum == 0 ? 0 : 2.0 * foundSum / sum;
            };
        }

        private static String size(int k) {
            return ", %,dk weights".formatted(SIZES.get(k).keep() / 1_000);
        }

        private Lineage.Origin origin(SlotsTeacher teacher, int unlabelled) {
            return new Lineage.Origin(
                    SlotsCompressor.class,
                    files,
                    Map.of(
                            "teacher",
                            teacher.origin(),
                            "weights",
                            SIZES.get(CHOSEN).keep(),
                            "passes",
                            PASSES,
                            "tuningPasses",
                            SIZES.get(CHOSEN).passes(),
                            "dropOut",
                            DROP_OUTS.getFirst(),
                            "minimumCount",
                            MINIMUM_COUNT,
                            "unlabelledTexts",
                            unlabelled),
                    Map.of("liblinear", "2.44"));
        }
    }
}
