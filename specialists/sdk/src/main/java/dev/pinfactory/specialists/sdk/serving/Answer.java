package dev.pinfactory.specialists.sdk.serving;

import dev.pinfactory.specialists.sdk.InferenceResult;

/** A model's result for one call and the call's share of the batch's processor time. */
record Answer(InferenceResult result, double cpuSeconds) {}
