package dev.pinfactory.router.models;

/**
 * What the labelled examples say of one request.
 *
 * @param words scores of all tools by kernel ridge regression over words
 * @param characters over spelling
 * @param meaning over meaning
 * @param sum over the sum of the three
 * @param votes share of the nearest examples, weighted by similarity, that use each tool
 * @param nearest similarity of the nearest example
 * @param toolsNearby mean number of tools of the nearest examples
 * @param without the example that the request itself is, in training; -1 otherwise
 */
record ExampleView(
        float[] words,
        float[] characters,
        float[] meaning,
        float[] sum,
        float[] votes,
        double nearest,
        double toolsNearby,
        int without) {
    private static final int NEIGHBOURS = 10;

    static ExampleView of(
            float[] words,
            float[] characters,
            float[] meaning,
            float[] sum,
            float[] similarities,
            ToolUse use,
            int tools,
            int without) {
        float[] votes = new float[tools];
        double all = 0;
        double count = 0;
        double nearest = 0;
        for (int example : Neighbours.nearest(similarities, NEIGHBOURS, each -> each != without)) {
            double weight = similarities[example];
            nearest = Math.max(nearest, weight);
            all += weight;
            count += weight * use.set(example).length;
            for (int tool : use.set(example)) {
                votes[tool] += (float) weight;
            }
        }
        for (int tool = 0; tool < tools; tool++) {
            votes[tool] /= (float) Math.max(1e-9, all);
        }
        return new ExampleView(
                words, characters, meaning, sum, votes, nearest / 3, count / Math.max(1e-9, all), without);
    }
}
