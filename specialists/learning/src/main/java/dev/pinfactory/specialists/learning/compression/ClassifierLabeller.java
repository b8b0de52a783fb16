package dev.pinfactory.specialists.learning.compression;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.TemperatureScaling;
import dev.pinfactory.specialists.learning.evaluation.Answer;
import java.util.Arrays;
import java.util.List;

/** What a teacher says of a text, as the probability of each label: a teacher that was trained for it, or one that is called. */
sealed interface ClassifierLabeller {
    /** The probabilities; empty where the teacher refuses the text. */
    double[] probabilities(String text, float[] vector);

    long bytes();

    long encoderBytes();

    /** For the lineage. */
    String origin();

    /** Says it from the text alone, as a caller would have it. */
    void say(String text);

    /** One that was trained here. */
    record Trained(ClassifierTeacher teacher, TemperatureScaling scaling, SentenceEncoder encoder)
            implements ClassifierLabeller {
        @Override
        public double[] probabilities(String text, float[] vector) {
            return scaling.probabilities(teacher.scores(text, vector));
        }

        @Override
        public long bytes() {
            return teacher.bytes();
        }

        @Override
        public long encoderBytes() {
            return encoder.bytes();
        }

        @Override
        public String origin() {
            return teacher.digest();
        }

        @Override
        public void say(String text) {
            double[] ignored = probabilities(text, encoder.encode(text));
        }
    }

    /**
     * One that is called. Callers get its likeliest labels; what is left of the probability the other labels share.
     *
     * @param port where its labels are
     */
    record Called(Teacher teacher, String port, List<String> labels) implements ClassifierLabeller {
        @Override
        public double[] probabilities(String text, float[] vector) {
            Answer answer = teacher.answer(text);
            List<Value> said = answer.object(port)
                    .getFieldsOrDefault("candidates", Value.getDefaultInstance())
                    .getListValue()
                    .getValuesList();
            double[] probabilities = new double[labels.size()];
            double sum = 0;
            int known = 0;
            for (Value value : said) {
                Struct candidate = value.getStructValue();
                String label = candidate
                        .getFieldsOrDefault("label", Value.getDefaultInstance())
                        .getStringValue();
                double confidence = candidate
                        .getFieldsOrDefault("confidence", Value.getDefaultInstance())
                        .getNumberValue();
                int at = labels.indexOf(label);
                if (at < 0) {
                    throw new DataException("the teacher says '" + label + "', which the labelled data does not have");
                }
                if (probabilities[at] == 0 && confidence > 0) {
                    probabilities[at] = confidence;
                    sum += confidence;
                    known++;
                }
            }
            if (known == 0) {
                return new double[0];
            }
            double rest = known == labels.size() ? 0 : Math.max(0, 1 - sum) / (labels.size() - known);
            double whole = sum + rest * (labels.size() - known);
            return Arrays.stream(probabilities)
                    .map(one -> (one == 0 ? rest : one) / whole)
                    .toArray();
        }

        @Override
        public long bytes() {
            return teacher.bytes();
        }

        @Override
        public long encoderBytes() {
            return 0;
        }

        @Override
        public String origin() {
            return teacher.origin();
        }

        @Override
        public void say(String text) {
            Answer ignored = teacher.answer(text);
        }
    }
}
