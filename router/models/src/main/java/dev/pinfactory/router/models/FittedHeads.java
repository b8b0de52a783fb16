package dev.pinfactory.router.models;

import dev.pinfactory.router.models.ExampleIndex.Similarities;
import dev.pinfactory.router.models.FittedFeatures.Candidate;
import dev.pinfactory.router.models.Judge.Judged;
import dev.pinfactory.router.planner.ground.CardScore;
import dev.pinfactory.router.planner.ground.Grounding;
import dev.pinfactory.router.planner.ground.Selection;
import dev.pinfactory.router.planner.interpret.Interpretation;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What labelled requests of one organisation have taught: which tools requests like these needed. Immutable.
 *
 * @param tools ids, in the order of the heads' outputs
 * @param passedOver ids of cards that were there and that no example uses
 * @param settled chooses where the examples can speak of all candidates
 * @param open chooses where some are new
 */
record FittedHeads(
        List<String> tools,
        Set<String> passedOver,
        ExampleIndex index,
        ToolUse use,
        float[][] words,
        float[][] characters,
        float[][] meaning,
        float[][] sum,
        Judge settled,
        Judge open,
        PlanConfidence confidence,
        Optional<FittedLinks> links) {
    private static final int FORMAT = 0x50464803;
    /** Below it a card is not chosen, however good the set. */
    private static final double FLOOR = 0.25;

    FittedHeads {
        tools = List.copyOf(tools);
        passedOver = Set.copyOf(passedOver);
    }

    Map<String, Integer> places() {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < tools.size(); i++) {
            places.put(tools.get(i), i);
        }
        return places;
    }

    FittedHeads with(FittedLinks fitted) {
        return new FittedHeads(
                tools,
                passedOver,
                index,
                use,
                words,
                characters,
                meaning,
                sum,
                settled,
                open,
                confidence,
                Optional.of(fitted));
    }

    /** Similarities of a request to the examples. */
    float[] similarities(String text, float[] vector) {
        return index.to(text, vector).sum();
    }

    ExampleView view(String text, float[] vector) {
        Similarities similar = index.to(text, vector);
        float[] all = similar.sum();
        return ExampleView.of(
                KernelRidge.predict(words, similar.words()),
                KernelRidge.predict(characters, similar.characters()),
                KernelRidge.predict(meaning, similar.meaning()),
                KernelRidge.predict(sum, all),
                all,
                use,
                tools.size(),
                -1);
    }

    /** Chooses cards; none where none is likely. */
    Selection select(Interpretation read, Grounding grounding, float[] vector) {
        if (grounding.scores().isEmpty()) {
            return new Selection(List.of(), List.of());
        }
        ExampleView view = view(read.instruction(), vector);
        List<Candidate> candidates =
                FittedFeatures.of(read, grounding, view, use, new KnownTools(places(), passedOver));
        Selection selection = select(read, candidates, view);
        boolean likely = selection.chosen().stream().anyMatch(score -> score.probability() >= FLOOR);
        return likely ? selection : new Selection(List.of(), all(selection));
    }

    private Selection select(Interpretation read, List<Candidate> candidates, ExampleView view) {
        Judge judge = FittedFeatures.holdNewCards(candidates) ? open : settled;
        return selection(candidates, judge.judge(read, candidates, view, use));
    }

    private static List<CardScore> all(Selection selection) {
        List<CardScore> all = new ArrayList<>(selection.chosen());
        all.addAll(selection.left());
        return all;
    }

    static Selection selection(List<Candidate> candidates, Judged judged) {
        List<CardScore> in = new ArrayList<>();
        List<CardScore> out = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            CardScore score = candidates.get(i).score().with(judged.probabilities()[i]);
            (judged.chosen().items().contains(i) ? in : out).add(score);
        }
        in.sort(Grounding.BEST_FIRST);
        out.sort(Grounding.BEST_FIRST);
        return new Selection(in, out);
    }

    void write(OutputStream stream) throws IOException {
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(new GZIPOutputStream(stream), 1 << 16));
        out.writeInt(FORMAT);
        out.writeInt(FittedFeatures.COUNT);
        out.writeInt(tools.size());
        for (String tool : tools) {
            out.writeUTF(tool);
        }
        out.writeInt(passedOver.size());
        for (String card : passedOver.stream().sorted().toList()) {
            out.writeUTF(card);
        }
        index.write(out);
        for (int example = 0; example < index.size(); example++) {
            int[] set = use.set(example);
            out.writeByte(set.length);
            for (int tool : set) {
                out.writeShort(tool);
            }
        }
        for (float[][] head : List.of(words, characters, meaning, sum)) {
            Halves.write(head, out);
        }
        settled.write(out);
        open.write(out);
        confidence.model().write(out);
        out.writeBoolean(links.isPresent());
        if (links.isPresent()) {
            links.get().write(out);
        }
        out.close();
    }

    static FittedHeads read(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(new GZIPInputStream(stream), 1 << 16));
        int format = in.readInt();
        int features = in.readInt();
        if (format != FORMAT || features != FittedFeatures.COUNT) {
            throw new IOException("fitted heads have format " + Integer.toHexString(format) + " with " + features
                    + " features, expected " + Integer.toHexString(FORMAT) + " with " + FittedFeatures.COUNT
                    + "; fit the router again");
        }
        List<String> tools = new ArrayList<>();
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            tools.add(in.readUTF());
        }
        Set<String> passedOver = new HashSet<>();
        for (int i = in.readInt(); i > 0; i--) {
            passedOver.add(in.readUTF());
        }
        ExampleIndex index = ExampleIndex.read(in);
        List<int[]> sets = new ArrayList<>();
        for (int example = 0; example < index.size(); example++) {
            int[] set = new int[in.readUnsignedByte()];
            for (int i = 0; i < set.length; i++) {
                set[i] = in.readUnsignedShort();
            }
            sets.add(set);
        }
        List<float[][]> heads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            heads.add(Halves.read(in));
        }
        return new FittedHeads(
                tools,
                passedOver,
                index,
                new ToolUse(sets, size),
                heads.get(0),
                heads.get(1),
                heads.get(2),
                heads.get(3),
                Judge.read(in),
                Judge.read(in),
                new PlanConfidence(LogisticRegression.read(in)),
                in.readBoolean() ? Optional.of(FittedLinks.read(in, index.size(), size)) : Optional.empty());
    }
}
