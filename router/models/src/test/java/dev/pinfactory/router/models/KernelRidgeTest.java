package dev.pinfactory.router.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KernelRidgeTest {
    private static final int N = 30;
    private static final double LAMBDA = 0.1;

    private final float[][] points = points();
    private final float[][] targets = targets();

    private static float[][] points() {
        Random random = new Random(1);
        float[][] points = new float[N][4];
        for (float[] point : points) {
            for (int i = 0; i < point.length; i++) {
                point[i] = random.nextFloat();
            }
        }
        return points;
    }

    private float[][] targets() {
        float[][] targets = new float[N][2];
        for (int i = 0; i < N; i++) {
            targets[i][0] = points[i][0] > 0.5 ? 1 : 0;
            targets[i][1] = points[i][1] > points[i][2] ? 1 : 0;
        }
        return targets;
    }

    private static float similarity(float[] a, float[] b) {
        double distance = 0;
        for (int i = 0; i < a.length; i++) {
            distance += (a[i] - b[i]) * (double) (a[i] - b[i]);
        }
        return (float) Math.exp(-distance);
    }

    private float[][] kernel(int without) {
        int n = without < 0 ? N : N - 1;
        float[][] kernel = new float[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                kernel[i][j] = similarity(points[place(i, without)], points[place(j, without)]);
            }
        }
        return kernel;
    }

    private static int place(int i, int without) {
        return without >= 0 && i >= without ? i + 1 : i;
    }

    @Test
    void leaveOneOutIsWhatAFitWithoutTheExamplePredicts() {
        KernelRidge all = KernelRidge.fit(kernel(-1), targets, LAMBDA, List.of());
        for (int left = 0; left < N; left += 7) {
            float[][] others = new float[N - 1][];
            float[] similarities = new float[N - 1];
            for (int i = 0; i < N - 1; i++) {
                others[i] = targets[place(i, left)];
                similarities[i] = similarity(points[left], points[place(i, left)]);
            }
            KernelRidge without = KernelRidge.fit(kernel(left), others, LAMBDA, List.of());
            float[] predicted = KernelRidge.predict(without.coefficients(), similarities);
            assertThat(all.leaveOneOut()[left][0]).isCloseTo(predicted[0], within(1e-3f));
            assertThat(all.leaveOneOut()[left][1]).isCloseTo(predicted[1], within(1e-3f));
        }
    }

    @Test
    void leaveGroupOutIsWhatAFitWithoutTheGroupPredicts() {
        int[] group = {1, 4, 5, 17, 28};
        KernelRidge all = KernelRidge.fit(kernel(-1), targets, LAMBDA, List.of(group));
        int[] rest = IntStream.range(0, N)
                .filter(i -> Arrays.binarySearch(group, i) < 0)
                .toArray();
        float[][] kernel = new float[rest.length][rest.length];
        float[][] others = new float[rest.length][];
        for (int i = 0; i < rest.length; i++) {
            others[i] = targets[rest[i]];
            for (int j = 0; j < rest.length; j++) {
                kernel[i][j] = similarity(points[rest[i]], points[rest[j]]);
            }
        }
        KernelRidge without = KernelRidge.fit(kernel, others, LAMBDA, List.of());
        for (int member = 0; member < group.length; member++) {
            float[] similarities = new float[rest.length];
            for (int i = 0; i < rest.length; i++) {
                similarities[i] = similarity(points[group[member]], points[rest[i]]);
            }
            float[] predicted = KernelRidge.predict(without.coefficients(), similarities);
            assertThat(all.leaveGroupOut().getFirst()[member]).containsExactly(predicted, within(1e-3f));
        }
    }

    @Test
    void whatItWasFittedToComesOutAlmostAsItWas() {
        KernelRidge fit = KernelRidge.fit(kernel(-1), targets, 1e-3, List.of());
        float[] predicted = KernelRidge.predict(fit.coefficients(), kernel(-1)[3]);
        assertThat(predicted[0]).isCloseTo(targets[3][0], within(0.1f));
    }
}
