package dev.pinfactory.specialists.slots;

import dev.pinfactory.specialists.learning.Lineage;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Compresses the slots model: students learn from two unpruned random fields, or from a teacher that is called, and lose weights step by step. The figure is
 * the slots' strict F1.
 */
public final class SlotsCompressor implements SpecialistCompressor {
    private static final double CALIBRATION = 0.05;
    private static final double HELD = 0.1;
    private static final List<Double> DROP_OUTS = List.of(0.2, 0.4);
    private static final List<CrfTrainer.Shrinking> SIZES = List.of(
            new CrfTrainer.Shrinking(800_000, 3),
            new CrfTrainer.Shrinking(400_000, 3),
            new CrfTrainer.Shrinking(200_000, 3),
            new CrfTrainer.Shrinking(100_000, 3),
            new CrfTrainer.Shrinking(50_000, 3));
    private static final int CHOSEN = 3;
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
    public boolean foldsItsData() {
        return true;
    }

    @Override
    public Compression compress(CompressionRequest request) {
        return request.folds() == 0 ? Run.of(request).compress() : crossFitted(request);
    }

    /** Each part of the data is answered by models that have not seen it; as many parts at a time as there are processors. */
    private static Compression crossFitted(CompressionRequest request) {
        List<Run> runs = Run.folds(request);
        try (ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            List<Future<Fold>> folds =
                    runs.stream().map(run -> threads.submit(run::fold)).toList();
            List<Fold> done = new ArrayList<>();
            for (Future<Fold> fold : folds) {
                done.add(fold.get());
            }
            return Fold.together(done, request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a fold failed: " + e.getCause(), e);
        }
    }

    /** What ships: slots pruned as the student's, from the labels alone, which do better than a teacher; and an intent that is not pruned as far. */
    static Small alone(CompressionRequest request) {
        return Run.of(request).alone();
    }

    /** A small model, and how it came to be. */
    record Small(RequestReader reader, Lineage.Origin origin) {}

    private static final class Run {
        private final CompressionRequest request;
        private final List<Path> files;
        private final List<LabelledRequest> train;
        private final List<LabelledRequest> calibration;
        private final List<LabelledRequest> held;
        private final SequencedSet<String> labels = new LinkedHashSet<>(List.of("O"));
        private final SlotsStudents lessons;

        private Run(
                CompressionRequest request, List<Path> files, List<LabelledRequest> known, List<LabelledRequest> held) {
            this.request = request;
            this.files = files;
            this.held = held;
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

        /** Of a single file a tenth is held back. */
        static Run of(CompressionRequest request) {
            Path file = request.file(SlotsTrainer.TRAIN);
            List<LabelledRequest> known = LabelledRequest.read(file);
            if (Files.isRegularFile(request.data())) {
                Split<LabelledRequest> split = Split.stratified(known, LabelledRequest::intent, HELD, request.seed());
                return new Run(request, List.of(file), split.train(), split.held());
            }
            Path heldFile = file.resolveSibling(SlotsTrainer.HELD);
            return new Run(request, List.of(file, heldFile), known, LabelledRequest.read(heldFile));
        }

        /** Of the file that is learnt from. */
        static List<Run> folds(CompressionRequest request) {
            Path file = request.file(SlotsTrainer.TRAIN);
            return Split.folds(LabelledRequest.read(file), LabelledRequest::intent, request.folds(), request.seed())
                    .stream()
                    .map(fold -> new Run(request, List.of(file), fold.train(), fold.held()))
                    .toList();
        }

        /** Teacher, students and those without teacher, down to the size after the chosen one. */
        Fold fold() {
            SlotsTeacher teacher = teacher();
            List<String> more = unlabelled();
            List<CrfTrainer.Shrinking> sizes = SIZES.subList(0, CHOSEN + 2);
            List<RequestReader> taught = taught(teacher, more, sizes);
            List<RequestReader> alone = alone(sizes);
            Fold fold = new Fold(held, teacher, taught, alone, origin(teacher, more.size()));
            request.progress().accept(fold.summary());
            return fold;
        }

        Small alone() {
            request.progress().accept("learning, then losing weights in " + (CHOSEN + 1) + " steps");
            List<RequestReader> readers =
                    students(certain(), RequestIntent.train(train, request.seed()), SIZES.subList(0, CHOSEN + 1));
            return new Small(readers.getLast(), origin(Map.of()));
        }

        private List<CrfTrainer.Example> certain() {
            return train.stream().map(lessons::certain).toList();
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
            held.forEach(one -> texts.remove(one.text()));
            return List.copyOf(texts);
        }

        private List<RequestReader> taught(SlotsTeacher teacher, List<String> more, List<CrfTrainer.Shrinking> sizes) {
            request.progress().accept("the teacher labels, and students learn");
            return students(
                    teacher.lesson(lessons, train, more),
                    RequestIntent.small(train, Optional.of(teacher.intent()), more, calibration, request.seed()),
                    sizes);
        }

        private List<RequestReader> alone(List<CrfTrainer.Shrinking> sizes) {
            request.progress().accept("students learn alone");
            return students(
                    certain(),
                    RequestIntent.small(train, Optional.empty(), List.of(), calibration, request.seed()),
                    sizes);
        }

        Compression compress() {
            SlotsTeacher teacher = teacher();
            List<String> more = unlabelled();
            Scoreboard scores = new Scoreboard(
                    "slot_f1", held.stream().map(LabelledRequest::text).toList());
            scores.add(
                    "teacher",
                    Contender.Role.TEACHER,
                    new Scoreboard.Weight(teacher.bytes(), 0),
                    new SlotF1(held, one -> teacher.label(one).slots()),
                    teacher::label);
            add(scores, "ships now", Contender.Role.SHIPPED, SlotsTrainer.shipped());
            List<RequestReader> students = taught(teacher, more, SIZES);
            List<RequestReader> alone = alone(SIZES);
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
            List<CrfTrainer.Example> examples = certain();
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
        private List<RequestReader> students(
                List<CrfTrainer.Example> examples, RequestIntent intent, List<CrfTrainer.Shrinking> sizes) {
            List<SequenceModel> all =
                    new CrfTrainer(labels, settings(DROP_OUTS.getFirst())).train(examples, new int[0], sizes);
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
                    new SlotF1(held, one -> SlotsTeacher.label(reader, one).slots()),
                    reader::read);
        }

        static String size(int k) {
            return ", %,dk weights".formatted(SIZES.get(k).keep() / 1_000);
        }

        private Lineage.Origin origin(SlotsTeacher teacher, int unlabelled) {
            return origin(Map.of("teacher", teacher.origin(), "unlabelledTexts", unlabelled));
        }

        private Lineage.Origin origin(Map<String, Object> teaching) {
            Map<String, Object> settings = new TreeMap<>(teaching);
            settings.put(
                    "weights",
                    SIZES.subList(0, CHOSEN + 1).stream()
                            .map(CrfTrainer.Shrinking::keep)
                            .toList());
            settings.put("passes", PASSES);
            settings.put("tuningPasses", SIZES.get(CHOSEN).passes());
            settings.put("dropOut", DROP_OUTS.getFirst());
            settings.put("minimumCount", MINIMUM_COUNT);
            return new Lineage.Origin(SlotsCompressor.class, files, settings, Map.of("liblinear", "2.44"));
        }
    }

    /** Models that learnt from all but one part of the data, and the part. */
    private record Fold(
            List<LabelledRequest> held,
            SlotsTeacher teacher,
            List<RequestReader> taught,
            List<RequestReader> alone,
            Lineage.Origin origin,
            SlotF1 ofTeacher,
            List<SlotF1> ofTaught,
            List<SlotF1> ofAlone) {
        Fold(
                List<LabelledRequest> held,
                SlotsTeacher teacher,
                List<RequestReader> taught,
                List<RequestReader> alone,
                Lineage.Origin origin) {
            this(
                    held,
                    teacher,
                    taught,
                    alone,
                    origin,
                    new SlotF1(held, text -> teacher.label(text).slots()),
                    all(held, taught),
                    all(held, alone));
        }

        private static List<SlotF1> all(List<LabelledRequest> held, List<RequestReader> readers) {
            return readers.stream()
                    .map(reader -> new SlotF1(
                            held, text -> SlotsTeacher.label(reader, text).slots()))
                    .toList();
        }

        String summary() {
            return String.format(
                    Locale.ROOT,
                    "a part of %,d requests is answered: teacher %.2f, student %.2f, alone %.2f",
                    held.size(),
                    100 * ofTeacher.whole(),
                    100 * ofTaught.get(CHOSEN).whole(),
                    100 * ofAlone.get(CHOSEN).whole());
        }

        static Compression together(List<Fold> folds, CompressionRequest request) {
            Fold last = folds.getLast();
            Scoreboard scores = new Scoreboard(
                    "slot_f1",
                    folds.stream()
                            .flatMap(fold -> fold.held.stream())
                            .map(LabelledRequest::text)
                            .toList());
            scores.add(
                    "teacher",
                    Contender.Role.TEACHER,
                    new Scoreboard.Weight(last.teacher.bytes(), 0),
                    SlotF1.together(folds.stream().map(Fold::ofTeacher).toList()),
                    last.teacher::label);
            for (int k = CHOSEN; k < last.taught.size(); k++) {
                int size = k;
                add(
                        scores,
                        "student" + Run.size(k),
                        Contender.Role.STUDENT,
                        last.taught.get(k),
                        folds.stream().map(fold -> fold.ofTaught.get(size)).toList());
                add(
                        scores,
                        "alone" + Run.size(k),
                        Contender.Role.ALONE,
                        last.alone.get(k),
                        folds.stream().map(fold -> fold.ofAlone.get(size)).toList());
                scores.compare("student" + Run.size(k), "alone" + Run.size(k));
                scores.compare("student" + Run.size(k), "teacher");
            }
            return new Compression(
                    scores.figure(),
                    scores.contenders(),
                    scores.comparisons(),
                    "student" + Run.size(CHOSEN),
                    last.taught.get(CHOSEN).bytes(),
                    last.origin,
                    request.notes(
                            "each request is answered by models that have not seen it, nine tenths of the data with ten folds"));
        }

        private static void add(
                Scoreboard scores, String name, Contender.Role role, RequestReader reader, List<SlotF1> parts) {
            scores.add(
                    name, role, new Scoreboard.Weight(reader.bytes().length, 0), SlotF1.together(parts), reader::read);
        }
    }
}
