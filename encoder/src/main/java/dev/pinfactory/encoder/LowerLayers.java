package dev.pinfactory.encoder;

import ai.onnxruntime.OrtException;

/**
 * The lower layers of the sentence encoder alone, as they run in service. Training of the upper layers starts from their states, which never change. Safe for concurrent use.
 */
public final class LowerLayers implements AutoCloseable {
    private final Tokenization tokenization;
    private final OnnxModel model;

    private LowerLayers(Tokenization tokenization, OnnxModel model) {
        this.tokenization = tokenization;
        this.model = model;
    }

    /** @param layers how many, from 1 to 11 */
    public static LowerLayers first(int layers) {
        ModelFiles files = ModelFiles.onClassPath();
        String output = "/encoder/layer." + (layers - 1) + "/output/LayerNorm/Add_1_output_0";
        try {
            return new LowerLayers(
                    Tokenization.load(files.tokenizer()),
                    OnnxModel.open(QuantisedModel.withOutput(files.model(), output), 1, output));
        } catch (OrtException e) {
            throw new IllegalStateException("the first " + layers + " layers can't be loaded: " + e.getMessage(), e);
        }
    }

    /**
     * The states of a text's pieces, the marks at its ends among them: [pieces × {@link SentenceEncoder#DIMENSIONS}].
     *
     * @param most further pieces are not read
     */
    public float[][] states(String text, int most) {
        try {
            return model.states(tokenization.cut(text).first(most));
        } catch (OrtException e) {
            throw new IllegalStateException("the lower layers failed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            model.close();
            tokenization.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the lower layers can't be closed: " + e.getMessage(), e);
        }
    }
}
