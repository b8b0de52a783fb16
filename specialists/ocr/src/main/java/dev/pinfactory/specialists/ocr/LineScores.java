package dev.pinfactory.specialists.ocr;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Box;
import dev.pinfactory.proto.v1.Segment;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.ScoreMetrics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Whether lines are right as often as they are said to be. A line is right when all its words stand in the lines of the transcript where it was found. */
final class LineScores {
    /** Of the lower one's height, for two lines to be at the same height. */
    private static final double SHARED_HEIGHT = 0.3;

    private LineScores() {}

    /** What was said of a line that was read, and whether it was so. */
    record Outcome(double confidence, boolean right) {}

    /** Lines without letters and digits, and transcripts without places, say nothing. */
    static List<Outcome> outcomes(JsonNode gold, Artifact text) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < text.getSegmentsCount(); i++) {
            Segment segment = text.getSegments(i);
            // What is read is of the basic plane.
            Map<String, Integer> read = WordCount.words(text.getText().substring(segment.getStart(), segment.getEnd()));
            if (read.isEmpty()) {
                continue;
            }
            Map<String, Integer> there = new HashMap<>();
            boolean placed = false;
            for (JsonNode line : gold.path("lines")) {
                placed |= line.path("box").size() == 4;
                if (isThere(line.path("box"), segment.getBox())) {
                    WordCount.words(line.path("text").asString(""))
                            .forEach((word, n) -> there.merge(word, n, Integer::sum));
                }
            }
            if (placed) {
                boolean right = read.entrySet().stream()
                        .allMatch(word -> there.getOrDefault(word.getKey(), 0) >= word.getValue());
                outcomes.add(new Outcome(text.getLeaves(i).getConfidence(), right));
            }
        }
        return outcomes;
    }

    private static boolean isThere(JsonNode box, Box read) {
        double left = box.path(0).asDouble();
        double top = box.path(1).asDouble();
        double right = box.path(2).asDouble();
        double bottom = box.path(3).asDouble();
        double shared = Math.min(bottom, read.getBottom()) - Math.max(top, read.getTop());
        return shared > SHARED_HEIGHT * Math.min(bottom - top, read.getBottom() - read.getTop())
                && left < read.getRight()
                && read.getLeft() < right;
    }

    /** Calibration error and Brier score of the lines; none without lines. */
    static Map<String, Metric> metrics(List<Outcome> outcomes) {
        if (outcomes.isEmpty()) {
            return Map.of();
        }
        boolean[] right = new boolean[outcomes.size()];
        for (int i = 0; i < right.length; i++) {
            right[i] = outcomes.get(i).right();
        }
        ScoreMetrics scores = new ScoreMetrics(
                outcomes.stream().mapToDouble(Outcome::confidence).toArray(), right);
        return Map.of("ece", scores.expectedCalibrationError(), "brier", scores.brier());
    }
}
