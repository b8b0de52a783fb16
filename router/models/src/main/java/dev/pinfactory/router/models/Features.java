package dev.pinfactory.router.models;

import dev.pinfactory.router.planner.interpret.Words;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What the re-ranker sees of a request and a card: the same for every catalogue, and nothing of who the card is. Each channel (a way to compare) is
 * given raw, in standard deviations over the cards, as gaps to the best and the third best card, and as rank.
 */
final class Features {
    static final List<String> CHANNELS = List.of(
            "clause",
            "clause name",
            "clause summary",
            "clause example",
            "clause characters",
            "clause words",
            "whole",
            "whole summary",
            "whole name",
            "whole characters",
            "whole words",
            "name share");
    private static final int PER_CHANNEL = 5;
    private static final int OTHERS = 9;
    static final int COUNT = CHANNELS.size() * PER_CHANNEL + OTHERS;

    private static final double SOFTMAX_SHARPNESS = 20;

    private Features() {}

    /** One row for each card of the index. */
    static float[][] of(Query query, CloseLook look) {
        CardIndex index = look.index();
        int cards = index.size();
        float[][] channels = new float[CHANNELS.size()][cards];
        for (int i = 0; i < 6; i++) {
            Arrays.fill(channels[i], -1);
        }
        List<Channels> clauses = look.channels(query);
        for (Channels one : clauses) {
            max(channels[0], one.fused());
            max(channels[1], one.name());
            max(channels[2], one.summary());
            max(channels[3], one.nearest());
            max(channels[4], one.characters());
            max(channels[5], one.words());
        }
        Spelling spelling = look.spelling(query.text());
        float[] spelt = index.picked(spelling.fused());
        channels[9] = index.picked(spelling.characters());
        channels[10] = index.picked(spelling.words());
        Set<String> stems = Words.contentStems(query.text());
        for (int card = 0; card < cards; card++) {
            CardVectors vectors = index.vectors(card);
            channels[6][card] = dot(query.whole(), vectors.text()) + spelt[card];
            channels[7][card] = dot(query.whole(), vectors.summary()) + spelt[card];
            channels[8][card] = dot(query.whole(), vectors.name()) + spelt[card];
            channels[11][card] = index.nameStems(card).shareIn(stems);
        }
        return rows(query, index, channels, clauses);
    }

    private static float[][] rows(Query query, CardIndex index, float[][] channels, List<Channels> clauses) {
        int cards = index.size();
        float[][] rows = new float[cards][COUNT];
        for (int channel = 0; channel < channels.length; channel++) {
            spread(channels[channel], rows, channel * PER_CHANNEL);
        }
        int at = channels.length * PER_CHANNEL;
        int[] firsts = new int[cards];
        float[] margins = new float[cards];
        Arrays.fill(margins, -1);
        float[] shares = new float[cards];
        for (Channels clause : clauses) {
            standings(clause.fused(), firsts, margins, shares);
        }
        int[] order = Ranks.of(channels[0]);
        int words = Words.split(query.text()).size();
        for (int place = 0; place < cards; place++) {
            int card = order[place];
            float nearestBetter = 0;
            for (int better = 0; better < Math.min(place, 10); better++) {
                nearestBetter = Math.max(nearestBetter, index.similarity(card, order[better]));
            }
            float[] row = rows[card];
            row[at] = firsts[card];
            row[at + 1] = margins[card];
            row[at + 2] = shares[card];
            row[at + 3] = nearestBetter;
            row[at + 4] = query.clauses().size();
            row[at + 5] = (float) Math.log(1 + words);
            row[at + 6] = (float) Math.log(1 + cards);
            row[at + 7] = index.vectors(card).examples().length > 0 ? 1 : 0;
            row[at + 8] = (float) firsts[card] / query.clauses().size();
        }
        return rows;
    }

    /** In how many clauses a card is first, by how much at best, and its largest share of a clause's softmax. */
    private static void standings(float[] clause, int[] firsts, float[] margins, float[] shares) {
        int best = 0;
        for (int card = 1; card < clause.length; card++) {
            best = clause[card] > clause[best] ? card : best;
        }
        float second = Float.NEGATIVE_INFINITY;
        double sum = 0;
        for (int card = 0; card < clause.length; card++) {
            second = card == best ? second : Math.max(second, clause[card]);
            sum += Math.exp(SOFTMAX_SHARPNESS * (clause[card] - clause[best]));
        }
        firsts[best]++;
        for (int card = 0; card < clause.length; card++) {
            float rival = card == best ? second : clause[best];
            float margin = rival == Float.NEGATIVE_INFINITY ? 0 : clause[card] - rival;
            margins[card] = Math.max(margins[card], margin);
            shares[card] =
                    (float) Math.max(shares[card], Math.exp(SOFTMAX_SHARPNESS * (clause[card] - clause[best])) / sum);
        }
    }

    private static void spread(float[] channel, float[][] rows, int at) {
        double mean = 0;
        double squares = 0;
        for (float value : channel) {
            mean += value / channel.length;
            squares += (double) value * value / channel.length;
        }
        double deviation = Math.sqrt(Math.max(1e-6, squares - mean * mean));
        int[] order = Ranks.of(channel);
        float best = channel[order[0]];
        float third = channel[order[Math.min(2, channel.length - 1)]];
        for (int place = 0; place < order.length; place++) {
            int card = order[place];
            float[] row = rows[card];
            row[at] = channel[card];
            row[at + 1] = (float) ((channel[card] - mean) / deviation);
            row[at + 2] = channel[card] - best;
            row[at + 3] = channel[card] - third;
            row[at + 4] = (float) Math.log(1 + place);
        }
    }

    private static void max(float[] channel, float[] values) {
        for (int card = 0; card < channel.length; card++) {
            channel[card] = Math.max(channel[card], values[card]);
        }
    }

    /** Eight sums side by side: one alone has to wait for itself at every step, and the compiler may not reorder it. */
    static float dot(float[] a, float[] b) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int i = 0;
        for (; i + 8 <= a.length; i += 8) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
            s4 += a[i + 4] * b[i + 4];
            s5 += a[i + 5] * b[i + 5];
            s6 += a[i + 6] * b[i + 6];
            s7 += a[i + 7] * b[i + 7];
        }
        float rest = 0;
        for (; i < a.length; i++) {
            rest += a[i] * b[i];
        }
        return ((s0 + s4) + (s1 + s5)) + ((s2 + s6) + (s3 + s7)) + rest;
    }
}
