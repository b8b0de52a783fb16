package dev.pinfactory.specialists.learning.compression;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.learning.LabelledText;
import dev.pinfactory.specialists.learning.Lineage;
import dev.pinfactory.specialists.learning.NgramSettings;
import dev.pinfactory.specialists.learning.Split;
import dev.pinfactory.specialists.learning.TemperatureScaling;
import dev.pinfactory.specialists.learning.TextClassifier;
import dev.pinfactory.specialists.learning.compression.ClassifierStudents.Unlabelled;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Makes a small classifier of texts that have one label: students with the sentence encoder and without it learn from what the teacher says of the
 * labelled texts and of rewordings of them.
 */
public final class ClassifierCompression {
    /** Of the labelled texts; nobody learns from them, so that they tell how sure the students may be. */
    private static final double CALIBRATION = 0.05;

    private final Settings settings;
    private final SentenceEncoder encoder;
    private final CompressionRequest request;
    private final List<Path> files;
    private final List<String> elsewhere;

    /**
     * How to compress.
     *
     * @param teacherWeights of the sentence vector in the teacher's models, one for each
     * @param cost liblinear's C for the teacher
     * @param studentWeight of the sentence vector in students that read it
     * @param keeps weights that students keep, falling
     * @param chosen index of the student with the encoder that is written
     * @param rewordings of each labelled text
     * @param temperature that makes probabilities of the teacher's decision values
     * @param floor confidence below which the student abstains
     */
    public record Settings(
            NgramSettings ngrams,
            List<Float> teacherWeights,
            double cost,
            float studentWeight,
            List<Integer> keeps,
            int chosen,
            int rewordings,
            double temperature,
            double floor) {
        public Settings {
            teacherWeights = List.copyOf(teacherWeights);
            keeps = List.copyOf(keeps);
        }

        Map<String, Object> asMap() {
            Map<String, Object> map = new TreeMap<>();
            map.put("bits", ngrams.bits());
            map.put("teacherVectorWeights", teacherWeights);
            map.put("teacherCost", cost);
            map.put("vectorWeight", studentWeight);
            map.put("weights", keeps.get(chosen));
            map.put("rewordings", rewordings);
            map.put("temperature", temperature);
            return map;
        }
    }

    /**
     * Prepares.
     *
     * @param files of the data that is learnt from, for the lineage
     * @param elsewhere texts about something that has none of the labels, so that students learn to be unsure of such (Hendrycks et al. 2019, Deep Anomaly
     *     Detection with Outlier Exposure)
     */
    public ClassifierCompression(
            Settings settings,
            SentenceEncoder encoder,
            CompressionRequest request,
            List<Path> files,
            List<String> elsewhere) {
        this.settings = settings;
        this.encoder = encoder;
        this.request = request;
        this.files = List.copyOf(files);
        this.elsewhere = List.copyOf(elsewhere);
    }

    /**
     * Compresses.
     *
     * @param kind of the model's file
     * @param split what is learnt from, and what is measured on
     * @param shipped what the specialist comes with
     * @param port where the labels are in the specialist's answers
     */
    public Compression compress(String kind, Split<LabelledText> split, TextClassifier shipped, String port) {
        Lesson lesson = lesson(split, port);
        ClassifierLabeller teacher = lesson.teacher();
        ClassifierStudents students = lesson.students();
        Texts held = Texts.of(split.held(), encoder);

        Scoreboard scores = new Scoreboard(
                "accuracy", held.texts().stream().map(LabelledText::text).toList());
        scores.add(
                "teacher",
                Contender.Role.TEACHER,
                new Scoreboard.Weight(teacher.bytes(), teacher.encoderBytes()),
                right(held, i -> students.best(teacher.probabilities(held.text(i), held.vectors()[i]))),
                teacher::say);
        add(scores, "ships now", Contender.Role.SHIPPED, shipped, kind, held);
        byte[] model = new byte[0];
        for (float weight : List.of(settings.studentWeight(), 0f)) {
            request.progress().accept("students " + (weight == 0 ? "without" : "with") + " the encoder learn");
            List<TextClassifier> taught = students.taught(weight);
            List<TextClassifier> alone = students.alone(weight);
            for (int k = 0; k < taught.size(); k++) {
                String student = name("student", weight, k);
                String same = name("alone", weight, k);
                add(scores, student, Contender.Role.STUDENT, taught.get(k), kind, held);
                add(scores, same, Contender.Role.ALONE, alone.get(k), kind, held);
                scores.compare(student, same);
            }
            if (weight != 0) {
                model = taught.get(settings.chosen()).bytes(kind);
            }
        }
        String chosen = name("student", settings.studentWeight(), settings.chosen());
        scores.compare(chosen, "teacher");
        scores.compare(chosen, "ships now");
        return new Compression(
                scores.figure(), scores.contenders(), scores.comparisons(), chosen, model, origin(lesson), notes());
    }

    /** What is written, and nothing to compare it with. */
    public Student student(Split<LabelledText> split, String port) {
        Lesson lesson = lesson(split, port);
        request.progress().accept("the student learns");
        return new Student(lesson.students().taught(settings.studentWeight()).get(settings.chosen()), origin(lesson));
    }

    /** A student, and how it came to be. */
    public record Student(TextClassifier classifier, Lineage.Origin origin) {}

    private record Lesson(ClassifierLabeller teacher, ClassifierStudents students, int unlabelled) {}

    private Lesson lesson(Split<LabelledText> split, String port) {
        Split<LabelledText> parts =
                Split.stratified(split.train(), LabelledText::label, CALIBRATION, request.seed() + 1);
        List<String> more = unlabelled(parts.train(), split.held());
        request.progress()
                .accept("encoding %,d labelled texts, %,d without labels and %,d about something else"
                        .formatted(split.train().size() + split.held().size(), more.size(), elsewhere.size()));
        Texts train = Texts.of(parts.train(), encoder);
        Unlabelled others = Unlabelled.of(elsewhere, encoder);
        Unlabelled vectors = Unlabelled.of(more, encoder);
        request.progress().accept("the teacher labels");
        ClassifierLabeller teacher = teacher(train, port);
        ClassifierStudents students = new ClassifierStudents(
                settings, train, Texts.of(parts.held(), encoder), others, vectors, teacher, encoder, request.seed());
        return new Lesson(teacher, students, more.size());
    }

    private String name(String part, float weight, int k) {
        return "%s%s, %,dk weights"
                .formatted(weight == 0 ? "n-gram " : "", part, settings.keeps().get(k) / 1_000);
    }

    private List<String> unlabelled(List<LabelledText> train, List<LabelledText> held) {
        List<String> labelled = train.stream().map(LabelledText::text).toList();
        Set<String> more = new LinkedHashSet<>(request.unlabelled());
        more.addAll(Rewording.of(labelled, settings.rewordings(), request.seed()));
        held.forEach(text -> more.remove(text.text()));
        return List.copyOf(more);
    }

    private ClassifierLabeller teacher(Texts train, String port) {
        if (request.teacher().isPresent()) {
            return new ClassifierLabeller.Called(request.teacher().get(), port, train.labels());
        }
        ClassifierTeacher trained = ClassifierTeacher.train(
                train.texts(),
                train.vectors(),
                settings.ngrams(),
                settings.teacherWeights(),
                settings.cost(),
                request.seed());
        return new ClassifierLabeller.Trained(trained, new TemperatureScaling(settings.temperature()), encoder);
    }

    private void add(
            Scoreboard scores, String name, Contender.Role role, TextClassifier model, String kind, Texts held) {
        scores.add(
                name,
                role,
                new Scoreboard.Weight(model.bytes(kind).length, model.readsVector() ? encoder.bytes() : 0),
                right(
                        held,
                        i -> model.classify(held.text(i), held.vectors()[i])
                                .getFirst()
                                .label()),
                text -> model.classify(List.of(text)));
    }

    /** The share of right answers in a draw. */
    private static ToDoubleFunction<int[]> right(Texts held, IntFunction<String> answer) {
        boolean[] right = new boolean[held.texts().size()];
        IntStream.range(0, right.length)
                .forEach(i -> right[i] = held.texts().get(i).label().equals(answer.apply(i)));
        return draw -> {
            int sum = 0;
            for (int i : draw) {
                sum += right[i] ? 1 : 0;
            }
            return (double) sum / draw.length;
        };
    }

    private Lineage.Origin origin(Lesson lesson) {
        Map<String, Object> used = new TreeMap<>(settings.asMap());
        used.put("teacher", lesson.teacher().origin());
        used.put("unlabelledTexts", lesson.unlabelled());
        used.put("textsAboutSomethingElse", elsewhere.size());
        return new Lineage.Origin(
                ClassifierCompression.class, files, used, Map.of("liblinear", "2.44", "encoder", encoder.digest()));
    }

    private List<String> notes() {
        return request.notes(
                "teacher and students have not seen 5 % of the labelled texts, by which their confidence is"
                        + " calibrated; what ships has");
    }

    /** Labelled texts and their vectors. */
    record Texts(List<LabelledText> texts, float[][] vectors) {
        static Texts of(List<LabelledText> texts, SentenceEncoder encoder) {
            return new Texts(
                    texts, encoder.encode(texts.stream().map(LabelledText::text).toList()));
        }

        String text(int i) {
            return texts.get(i).text();
        }

        List<String> labels() {
            return List.copyOf(
                    new TreeSet<>(texts.stream().map(LabelledText::label).toList()));
        }
    }
}
