package dev.pinfactory.specialists.clauses;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.learning.Lineage;
import dev.pinfactory.specialists.learning.Split;
import dev.pinfactory.specialists.learning.compression.Compression;
import dev.pinfactory.specialists.learning.compression.CompressionRequest;
import dev.pinfactory.specialists.learning.compression.Contender;
import dev.pinfactory.specialists.learning.compression.Scoreboard;
import dev.pinfactory.specialists.learning.compression.SpecialistCompressor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Compresses the model of unfair clauses: small students, with the sentence encoder and without, learn from unpruned models that have it. Measured like the model that
 * ships, by cross-validation: each clause is answered by teacher and students that have not seen it.
 */
public final class ClausesCompressor implements SpecialistCompressor {
    private static final int FOLDS = 5;
    /** Of the students, which are ordered by vector weight and then by size. */
    private static final int CHOSEN = 1;

    private final SentenceEncoder encoder;

    /** For the service loader. */
    public ClausesCompressor() {
        this(SentenceEncoder.shared());
    }

    ClausesCompressor(SentenceEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public String name() {
        return "clauses";
    }

    @Override
    public Path defaultData() {
        return Path.of("specialists", "clauses", "data");
    }

    @Override
    public Optional<String> dataSet() {
        return Optional.of("clause_unfair_tos");
    }

    @Override
    public Compression compress(CompressionRequest request) {
        Path file = request.file(ClausesTrainer.FILE);
        List<LabelledClause> clauses = LabelledClause.readDistinct(file);
        List<Integer> all = IntStream.range(0, clauses.size()).boxed().toList();
        List<String> kinds = clauses.stream()
                .flatMap(clause -> clause.kinds().stream())
                .distinct()
                .sorted()
                .toList();
        List<String> texts = clauses.stream().map(LabelledClause::text).toList();
        List<String> more = request.unlabelled().stream()
                .filter(text -> !Set.copyOf(texts).contains(text))
                .toList();
        request.progress().accept("encoding %,d clauses".formatted(texts.size() + more.size()));
        float[][] vectors = encoder.encode(texts);
        ClauseLessons whole = new ClauseLessons(
                clauses, kinds, vectors, more, encoder.encode(more), request.teacher(), request.seed());
        Answers teacher = new Answers(clauses, kinds);
        List<Answers> students = answers(clauses, kinds);
        List<Answers> alone = answers(clauses, kinds);
        List<Split<Integer>> folds =
                Split.folds(all, i -> new TreeSet<>(clauses.get(i).kinds()).toString(), FOLDS, request.seed());
        for (Split<Integer> fold : folds) {
            ClauseLessons.Graduates part = whole.learn(fold.train());
            for (int i : fold.held()) {
                teacher.scores[i] = part.teacher().scores(texts.get(i), vectors[i]);
                for (int k = 0; k < ClauseLessons.VECTOR_WEIGHTS.size() * ClauseLessons.SIZES.size(); k++) {
                    students.get(k).scores[i] = part.students().get(k).scores(texts.get(i), vectors[i]);
                    alone.get(k).scores[i] = part.alone().get(k).scores(texts.get(i), vectors[i]);
                }
            }
            request.progress().accept("a fold of " + fold.held().size() + " clauses is answered");
        }
        ClauseLessons.Graduates last = whole.learn(all);
        Scoreboard scores = new Scoreboard("macro_f1", texts);
        scores.add(
                "teacher",
                Contender.Role.TEACHER,
                new Scoreboard.Weight(last.teacher().bytes(), last.teacher().encoderBytes(encoder)),
                teacher.macroF1(folds),
                text -> last.teacher().say(text, encoder));
        byte[] model = new byte[0];
        for (int k = 0; k < ClauseLessons.VECTOR_WEIGHTS.size() * ClauseLessons.SIZES.size(); k++) {
            ClauseReader student = last.students().get(k).reader(students.get(k).fitted(all), encoder);
            ClauseReader untaught = last.alone().get(k).reader(alone.get(k).fitted(all), encoder);
            add(scores, name("student", k), Contender.Role.STUDENT, student, students.get(k), folds);
            add(scores, name("alone", k), Contender.Role.ALONE, untaught, alone.get(k), folds);
            scores.compare(name("student", k), name("alone", k));
            scores.compare(name("student", k), "teacher");
            model = k == CHOSEN ? student.bytes() : model;
        }
        return new Compression(
                scores.figure(),
                scores.contenders(),
                scores.comparisons(),
                name("student", CHOSEN),
                model,
                origin(file, last.teacher().origin(), more.size()),
                request.notes(
                        "measured by five-fold cross-validation; the models whose size is shown have learnt from all clauses"));
    }

    private static void add(
            Scoreboard scores,
            String name,
            Contender.Role role,
            ClauseReader reader,
            Answers answers,
            List<Split<Integer>> folds) {
        scores.add(
                name,
                role,
                new Scoreboard.Weight(
                        reader.bytes().length,
                        reader.readsEncoder() ? reader.encoder().bytes() : 0),
                answers.macroF1(folds),
                reader::read);
    }

    private static String name(String part, int k) {
        int sizes = ClauseLessons.SIZES.size();
        return "%s%s, %,dk weights"
                .formatted(
                        ClauseLessons.VECTOR_WEIGHTS.get(k / sizes) == 0 ? "n-gram " : "",
                        part,
                        ClauseLessons.SIZES.get(k % sizes) / 1_000);
    }

    private static List<Answers> answers(List<LabelledClause> clauses, List<String> kinds) {
        List<Answers> answers = new ArrayList<>();
        for (int k = 0; k < ClauseLessons.VECTOR_WEIGHTS.size() * ClauseLessons.SIZES.size(); k++) {
            answers.add(new Answers(clauses, kinds));
        }
        return answers;
    }

    private Lineage.Origin origin(Path file, String teacher, int unlabelled) {
        return new Lineage.Origin(
                ClausesCompressor.class,
                List.of(file),
                Map.of(
                        "teacher",
                        teacher,
                        "weights",
                        ClauseLessons.SIZES.get(CHOSEN),
                        "folds",
                        FOLDS,
                        "bits",
                        ClauseLessons.STUDENT_NGRAMS.bits(),
                        "unlabelledTexts",
                        unlabelled),
                Map.of("liblinear", "2.44", "encoder", encoder.digest()));
    }

    /** What one model has said of each clause without having seen it. */
    private static final class Answers {
        private final List<LabelledClause> clauses;
        private final List<String> kinds;
        private final double[][] scores;

        Answers(List<LabelledClause> clauses, List<String> kinds) {
            this.clauses = clauses;
            this.kinds = kinds;
            scores = new double[clauses.size()][];
        }

        /** Sigmoids and floors by these clauses. */
        UnfairKinds fitted(List<Integer> chosen) {
            return UnfairKinds.fit(
                    kinds,
                    chosen.stream().map(i -> scores[i]).toList(),
                    chosen.stream().map(i -> clauses.get(i).kinds()).toList());
        }

        MacroF1 macroF1(List<Split<Integer>> folds) {
            List<Set<String>> said = new ArrayList<>(
                    clauses.stream().map(clause -> Set.<String>of()).toList());
            for (Split<Integer> fold : folds) {
                UnfairKinds fitted = fitted(fold.train());
                for (int i : fold.held()) {
                    said.set(
                            i,
                            ClauseReader.answer(fitted, scores[i]).stream()
                                    .map(candidate -> candidate.label())
                                    .collect(Collectors.toSet()));
                }
            }
            return MacroF1.of(clauses.stream().map(LabelledClause::kinds).toList(), said);
        }
    }
}
